# One timed run of R's survey package: Rscript survey.R FOLDER
# Does what survey_worker.py does: rake() for the weights, svymean() for the weighted shares. The
# standard errors of svymean() take the raking into account, which the package's do not.

suppressPackageStartupMessages(library(survey))

main <- function(folder) {
  targets <- read.csv(file.path(folder, "targets.csv"))
  codes <- read_columns(file.path(folder, "codes.bin"), unique(targets$variable))
  items <- read_columns(file.path(folder, "items.bin"), paste0("item", 1:5))
  respondents <- nrow(codes)
  sample <- cbind(data.frame(lapply(codes, factor)), items)
  rm(codes, items)
  margins <- lapply(names(sample)[1:3], function(name) {
    rows <- targets[targets$variable == name, ]
    margin <- data.frame(factor(rows$category), Freq = rows$share * respondents)
    names(margin)[1] <- name
    margin
  })
  start <- proc.time()[["elapsed"]]
  design <- svydesign(ids = ~1, weights = rep(1, respondents), data = sample)
  control <- list(maxit = 1000, epsilon = 1e-10)
  raked <- rake(design, list(~sex, ~age, ~region), margins, control = control)
  weights <- weights(raked)
  weighted <- proc.time()[["elapsed"]]
  shares <- coef(svymean(~ item1 + item2 + item3 + item4 + item5, raked))
  end <- proc.time()[["elapsed"]]
  writeBin(as.numeric(weights), file.path(folder, "r_survey.bin"), size = 8, endian = "little")
  cat(sprintf(
    '{"weighting": %.4f, "tabulation": %.4f, "shares": [%s], "version": "%s", "r": "%s"}\n',
    weighted - start, end - weighted, paste(sprintf("%.15g", shares), collapse = ", "),
    as.character(packageVersion("survey")), as.character(getRversion())
  ))
}

read_columns <- function(path, names) {
  values <- readBin(path, "integer", file.size(path) / 4, size = 4, endian = "little")
  columns <- as.data.frame(matrix(values, ncol = length(names)))
  names(columns) <- names
  columns
}

main(commandArgs(trailingOnly = TRUE)[1])
