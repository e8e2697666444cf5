# SPDX-License-Identifier: Apache-2.0
#
# Golden values of the diagnostics: R's packages posterior (1.4.0 was used) and loo (2.5.1).
#
#   java -cp <test class path> dev.lemma.math.sampling.diagnostics.MadeDraws FOLDER
#   Rscript diagnostics.R FOLDER src/test/resources/dev/lemma/math/sampling
#
# Where posterior 1.4.0 is behind its current state the value is made from its parts:
# ess_sd is the effective size of (x - mean)^2 (1.4.0 itself takes |x - mean|: ess_sd_abs), and
# nested R-hat, which 1.4.0 lacks, follows Margossian et al. 2024 with superchains of two
# neighbouring chains.
suppressMessages({library(posterior); library(loo)})
arguments <- commandArgs(TRUE)
draws <- read.csv(file.path(arguments[1], "draws.csv"))
nested <- function(x) {
  groups <- ncol(x) / 2
  if (ncol(x) %% 2 != 0 || groups < 2 || max(x) == min(x)) return(NA)
  means <- colMeans(x)
  variances <- apply(x, 2, var)
  inside <- sapply(seq_len(groups), function(k) {
    own <- c(2 * k - 1, 2 * k)
    var(means[own]) + mean(variances[own])
  })
  sqrt(1 + var(sapply(seq_len(groups), function(k) mean(means[c(2 * k - 1, 2 * k)]))) / mean(inside))
}
rows <- list()
for (shape in unique(paste(draws$chains, draws$draws))) {
  size <- as.integer(strsplit(shape, " ")[[1]])
  for (kind in unique(draws$kind)) {
    own <- draws[draws$kind == kind & draws$chains == size[1] & draws$draws == size[2], ]
    x <- matrix(own$value, nrow = size[2])
    rows[[length(rows) + 1]] <- suppressWarnings(data.frame(
      kind = kind, chains = size[1], draws = size[2],
      mean = mean(x), sd = sd(as.vector(x)), mad = mad(as.vector(x)),
      q5 = quantile2(as.vector(x), 0.05, names = FALSE), median = median(x),
      q95 = quantile2(as.vector(x), 0.95, names = FALSE),
      rhat = rhat(x), rhat_split = rhat_basic(x), rhat_plain = rhat_basic(x, split = FALSE),
      rhat_nested = nested(x),
      ess_bulk = ess_bulk(x), ess_tail = ess_tail(x), ess_mean = ess_mean(x),
      ess_sd = ess_mean((x - mean(x))^2), ess_sd_abs = ess_sd(x),
      ess_median = ess_median(x), ess_plain = ess_basic(x, split = FALSE),
      ess_q10 = ess_quantile(x, 0.1, names = FALSE), ess_q100 = ess_quantile(x, 1, names = FALSE),
      mcse_mean = mcse_mean(x), mcse_sd = mcse_sd(x), mcse_median = mcse_median(x),
      mcse_q5 = mcse_quantile(x, 0.05, names = FALSE),
      mcse_q95 = mcse_quantile(x, 0.95, names = FALSE)))
  }
}
golden <- do.call(rbind, rows)
golden[] <- lapply(golden, function(v) if (is.numeric(v)) sprintf("%.17g", v) else v)
write.csv(golden, file.path(arguments[2], "diagnostics.csv"), row.names = FALSE, quote = FALSE)

weights <- read.csv(file.path(arguments[1], "weights.csv"))
rows <- list()
for (shape in unique(weights$shape)) for (count in unique(weights$count)) {
  own <- weights$value[weights$shape == shape & weights$count == count]
  fit <- suppressWarnings(psis(own, r_eff = 1))
  smoothed <- as.vector(weights(fit, log = TRUE, normalize = TRUE))
  rows[[length(rows) + 1]] <- data.frame(
    shape = shape, count = count, khat = fit$diagnostics$pareto_k,
    tail = attr(fit, "tail_len"), size = 1 / sum(exp(2 * smoothed)),
    first = smoothed[1], largest = max(smoothed))
}
golden <- do.call(rbind, rows)
golden[] <- lapply(golden, function(v) if (is.numeric(v)) sprintf("%.17g", v) else v)
write.csv(golden, file.path(arguments[2], "pareto.csv"), row.names = FALSE, quote = FALSE)
