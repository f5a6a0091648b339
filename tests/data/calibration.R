# Makes calibration_weights.csv: Rscript --vanilla tests/data/calibration.R, from the top of the
# checkout, with R 4.2.2, survey 4.1-1 and MASS 7.3-58.2. The weights of truncated raking,
# survey::calibrate(calfun = "raking", bounds = c(0, limit)), for the 1,000 invented persons of
# raking_sample.csv, the targets of raking_margins.json and four limits; one column a limit.
# The largest weight of plain raking is 10.79, so that the first limit changes nothing.

suppressPackageStartupMessages(library(survey))

sample <- read.csv("tests/data/raking_sample.csv", colClasses = c(sex = "character", age = "character"))
text <- paste(readLines("tests/data/raking_margins.json", warn = FALSE), collapse = "")

totals <- function(name) { # of all categories but the first, as model.matrix() names them
  inside <- regmatches(text, regexpr(paste0('"', name, '": [{][^}]*[}]'), text))
  pairs <- regmatches(inside, gregexpr('"[^"]*": [0-9.]+', inside))[[1]]
  shares <- as.numeric(sub(".*: ", "", pairs))
  setNames(nrow(sample) * shares, paste0(name, gsub('"|: .*', "", pairs)))[-1]
}

design <- svydesign(ids = ~1, weights = rep(1, nrow(sample)), data = sample)
population <- c(`(Intercept)` = nrow(sample), totals("sex"), totals("age"), totals("reg"))
found <- sapply(c(20, 8, 7, 5.5), function(limit) {
  weights(calibrate(design, ~ sex + age + reg, population, calfun = "raking",
                    bounds = c(0, limit), epsilon = 1e-13, maxit = 500))
})
lines <- apply(found, 1, function(row) paste(sprintf("%.12g", row), collapse = ","))
writeLines(c("20,8,7,5.5", lines), "tests/data/calibration_weights.csv")
for (place in 1:4) {
  w <- found[, place]
  cat(sprintf("%.10f %.6f\n", sum(w * sample$y) / sum(w), length(w) * sum(w^2) / sum(w)^2))
}
