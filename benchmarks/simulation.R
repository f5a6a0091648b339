# The model of actient.bias.simulation in base R, as a check by another language and as a yardstick:
#   Rscript simulation.R TASK DRAWS CHUNK SEED MODEL...
# TASK is "r_vectors", whole vectors and quantile(), as one would write it first, or "r_chunks", the
# method of the package: chunks of draws, counted in 100 000 cells. Prints one line of JSON.

main <- function(arguments) {
  task <- arguments[1]
  numbers <- as.numeric(arguments[-1])
  draws <- numbers[1]
  chunk <- numbers[2]
  set.seed(numbers[3])
  model <- read_model(numbers[-(1:3)])
  start <- proc.time()[["elapsed"]]
  quantiles <- switch(task,
    r_vectors = by_vectors(model, draws),
    r_chunks = by_chunks(model, draws, chunk),
    stop("TASK is r_vectors or r_chunks, not ", task)
  )
  seconds <- proc.time()[["elapsed"]] - start
  cat(sprintf(
    '{"seconds": %.4f, "quantiles": [%.9f, %.9f, %.9f], "version": "%s"}\n',
    seconds, quantiles[1], quantiles[2], quantiles[3], as.character(getRversion())
  ))
}

read_model <- function(numbers) {
  stopifnot(length(numbers) == 16)
  list(
    share = numbers[1], n = numbers[2],
    sensitivity = numbers[3:5], specificity = numbers[6:8], selection_ratio = numbers[9:10],
    coverage = numbers[11:13], difference = numbers[14:16]
  )
}

by_vectors <- function(model, draws) {
  quantile(population_shares(model, draws), PROBABILITIES, names = FALSE)
}

by_chunks <- function(model, draws, chunk) {
  counts <- numeric(CELLS)
  left <- draws
  while (left > 0) {
    size <- min(chunk, left)
    shares <- population_shares(model, size)
    counts <- counts + tabulate(pmin(floor(shares * CELLS) + 1, CELLS), CELLS)
    left <- left - size
  }
  vapply(PROBABILITIES, quantile_of_counts, numeric(1), counts = counts)
}

# Undo the biases in reverse order of occurrence; impossible draws are left out.
population_shares <- function(model, size) {
  yes <- model$n * model$share
  share <- rbeta(size, yes + 0.5, model$n - yes + 0.5)
  sensitivity <- rtriangular(size, model$sensitivity)
  false_yes <- 1 - rtriangular(size, model$specificity)
  ratio <- rlnorm(
    size, log(model$selection_ratio[1]),
    log(model$selection_ratio[2] / model$selection_ratio[1]) / qnorm(0.975)
  )
  coverage <- rtriangular(size, model$coverage)
  difference <- rtriangular(size, model$difference)
  possible <- sensitivity > false_yes & false_yes <= share & share <= sensitivity
  true_answer <- (share - false_yes) / (sensitivity - false_yes)
  covered <- true_answer / (true_answer + ratio * (1 - true_answer))
  others <- pmin(pmax(covered + difference, 0), 1)
  (coverage * covered + (1 - coverage) * others)[possible]
}

# Base R has no triangular law: invert its distribution function.
rtriangular <- function(size, law) {
  low <- law[1]
  mode <- law[2]
  high <- law[3]
  u <- runif(size)
  rising <- u < (mode - low) / (high - low)
  values <- high - sqrt((1 - u) * (high - low) * (high - mode))
  values[rising] <- low + sqrt(u[rising] * (high - low) * (mode - low))
  values
}

quantile_of_counts <- function(probability, counts) {
  cumulated <- cumsum(counts)
  rank <- probability * cumulated[CELLS]
  cell <- which(cumulated >= rank)[1]
  (cell - (cumulated[cell] - rank) / counts[cell]) / CELLS
}

CELLS <- 100000
PROBABILITIES <- c(0.025, 0.5, 0.975)
main(commandArgs(trailingOnly = TRUE))
