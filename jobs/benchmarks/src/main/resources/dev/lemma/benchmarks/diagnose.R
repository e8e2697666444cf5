# SPDX-License-Identifier: Apache-2.0
#
# The peer of the job diagnose: R's posterior on the same draws, one core.
#   Rscript diagnose.R DRAWS.bin CHAINS DRAWS PARAMETERS RESULT.csv
# DRAWS.bin: doubles, little endian, parameter after parameter, chain after chain. Reading is not
# timed. Two times: what summarise_draws() computes by default (ten numbers), and all that the job
# computes that posterior has.
suppressMessages(library(posterior))
arguments <- commandArgs(TRUE)
chains <- as.integer(arguments[2])
draws <- as.integer(arguments[3])
parameters <- as.integer(arguments[4])
file <- file(arguments[1], "rb")
x <- array(readBin(file, "double", chains * draws * parameters, endian = "little"),
           c(draws, chains, parameters), list(NULL, NULL, paste0("p", seq_len(parameters))))
close(file)
d <- as_draws_array(x)
usual <- system.time(suppressWarnings(s <- summarise_draws(d)))
all <- system.time(suppressWarnings(for (j in seq_len(parameters)) {
  y <- x[, , j]
  v <- as.vector(y)
  c(mean(v), sd(v), mad(v), median(v), quantile2(v, c(0.05, 0.95)), rhat(y), rhat_basic(y),
    ess_bulk(y), ess_tail(y), ess_mean(y), ess_sd(y), ess_median(y), mcse_mean(y), mcse_sd(y),
    mcse_median(y), mcse_quantile(y, c(0.05, 0.95)))
}))
write.csv(data.frame(parameter = s$variable, rhat = sprintf("%.17g", s$rhat),
                     ess_bulk = sprintf("%.17g", s$ess_bulk),
                     ess_tail = sprintf("%.17g", s$ess_tail)),
          arguments[5], row.names = FALSE, quote = FALSE)
cat(usual[["elapsed"]], usual[["user.self"]] + usual[["sys.self"]],
    all[["elapsed"]], all[["user.self"]] + all[["sys.self"]], as.character(packageVersion("posterior")), "\n")
