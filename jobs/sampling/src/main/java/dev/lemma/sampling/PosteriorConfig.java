// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.sampling.glm.Likelihood;
import dev.lemma.math.sampling.glm.Prior;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code posterior}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the draws go
 * @param likelihood how the label depends on the features
 * @param classes number of classes of a softmax model
 * @param components number of components of a mixture
 * @param intercept whether there is a constant
 * @param prior what is believed before the data
 * @param method how draws are made
 * @param chains number of chains C
 * @param warmup iterations of each chain to forget
 * @param draws iterations of each chain to keep
 * @param shards shards of {@code consensus}
 * @param proposals proposals that share a pass
 * @param driverRows most rows, in bytes, that the driver evaluates by itself
 * @param d number of features
 * @param limits when draws are good enough
 * @param gate whether failed diagnostics fail the run
 * @param csv whether chains are also written as CmdStan does
 * @param resume what is done with a checkpoint
 * @param checkpointEvery time between checkpoints
 * @param timeBudget most time that the run may take
 * @param run what all jobs have
 */
record PosteriorConfig(
    @Key(doc = "Where the rows come from; a class of your own has none")
        Optional<InputConfig> input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the draws go") OutputConfig output,
    @Key(
            doc =
                "How the label depends on x'b: linear (Gaussian, unknown sigma), logistic and"
                    + " probit (0 or 1), poisson (counts, log link), softmax (classes 0 to K - 1);"
                    + " mixture: Gaussian components of the label alone; or the name of a class that"
                    + " implements dev.lemma.math.sampling.Target",
            type = "linear | logistic | probit | poisson | softmax | mixture | CLASS")
        ModelChoice likelihood,
    @Key(doc = "Number of classes K of a softmax model; unset: the largest label plus 1")
        OptionalInt classes,
    @Key(doc = "Number of components of a mixture; unset: 2") OptionalInt components,
    @Key(doc = "Whether there is a constant among the coefficients", fallback = "true")
        boolean intercept,
    @Key(doc = "What is believed before the data") PriorConfig prior,
    @Key(
            doc =
                "How draws are made: independence (proposals from the mode, all evaluated in a few"
                    + " passes), random-walk (a pass a step), delayed (steps on the expansion at the"
                    + " mode between passes), gibbs (linear, logistic, probit; normal or flat"
                    + " priors; whole weights; of a class, each parameter by slices), consensus (proposals from sub-posteriors of shards); auto:"
                    + " independence, and random-walk where its proposals turn out bad",
            fallback = "auto")
        Method method,
    @Key(doc = "Number of chains", fallback = "4") int chains,
    @Key(
            doc = "Iterations of each chain to forget; independence forgets at most 20",
            fallback = "1000")
        int warmup,
    @Key(doc = "Iterations of each chain to keep", fallback = "1000") int draws,
    @Key(doc = "Shards of method = consensus; unset: one a leaf of rows, from 4 to 64")
        OptionalInt shards,
    @Key(
            doc = "Most proposals that share a pass; unset: as many as take about half a minute",
            effect = Effect.OPERATION)
        OptionalInt proposals,
    @Key(
            doc =
                "Rows that take no more than this are brought to the driver, which evaluates"
                    + " proposals faster than a Spark job starts; the draws are the same",
            fallback = "16MB",
            type = "bytes such as 16MB",
            effect = Effect.OPERATION)
        ByteSize driverRows,
    @Key(doc = "Number of features; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(doc = "When draws are good enough") LimitsConfig limits,
    @Key(
            doc =
                "Whether a run whose draws break the limits fails with code 5; the draws are then"
                    + " kept in the run's folder",
            fallback = "true",
            effect = Effect.OPERATION)
        boolean gate,
    @Key(
            doc = "Also write each chain as a CSV file of CmdStan's shape, at _lemma/csv",
            fallback = "false",
            effect = Effect.OPERATION)
        boolean csv,
    @Key(
            doc =
                "What to do with a checkpoint: auto (go on from it if there is one), never,"
                    + " required",
            fallback = "auto",
            effect = Effect.OPERATION)
        Resume resume,
    @Key(doc = "Time between checkpoints", fallback = "1m", effect = Effect.OPERATION)
        Duration checkpointEvery,
    @Key(
            doc = "Time after which the run stops with code 6, to be resumed; unset: none",
            effect = Effect.OPERATION)
        Optional<Duration> timeBudget,
    @Inline RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  PosteriorConfig {
    atLeast("chains", chains, 1);
    atLeast("warmup", warmup, 0);
    atLeast("draws", draws, 1);
    if (proposals.isPresent()) {
      atLeast("proposals", proposals.getAsInt(), 1);
    }
    if (shards.isPresent()) {
      atLeast("shards", shards.getAsInt(), 2);
    }
    if (components.isPresent()) {
      atLeast("components", components.getAsInt(), 2);
    }
    if (classes.isPresent()) {
      atLeast("classes", classes.getAsInt(), 2);
    }
    if (checkpointEvery.isNegative()) {
      throw new IllegalArgumentException(
          "checkpoint-every must not be negative, found " + checkpointEvery);
    }
    if (timeBudget.isPresent() && (timeBudget.get().isNegative() || timeBudget.get().isZero())) {
      throw new IllegalArgumentException("time-budget must be positive, found " + timeBudget.get());
    }
  }

  private void checkGibbs(Findings findings) {
    if (family() == Likelihood.POISSON || family() == Likelihood.SOFTMAX) {
      findings.add(
          "method",
          "gibbs knows linear, logistic and probit models",
          "use independence or random-walk");
    }
    boolean gaussian =
        isGaussian(prior.coefficients())
            && prior.intercept().map(PosteriorConfig::isGaussian).orElse(true)
            && prior.of().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(ModelParameters.SIGMA))
                .allMatch(entry -> isGaussian(entry.getValue()));
    if (!gaussian) {
      findings.add(
          "prior", "gibbs needs normal or flat priors of coefficients", "use another method");
    }
    Prior sigma = prior.of().getOrDefault(ModelParameters.SIGMA, prior.sigma());
    if (family() == Likelihood.LINEAR && sigma.isProper() && !(sigma instanceof Prior.HalfCauchy)) {
      findings.add(
          "prior.sigma", "gibbs needs a half-cauchy or flat prior of sigma", "use another method");
    }
  }

  private static boolean isGaussian(Prior prior) {
    return prior instanceof Prior.Normal || !prior.isProper();
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + value);
    }
  }

  /** The regression's likelihood; of a mixture that whose labels are any finite numbers. */
  Likelihood family() {
    return isMixture() ? Likelihood.LINEAR : likelihood.family().orElseThrow();
  }

  /** Whether the values of the label alone are modelled, by a Gaussian mixture. */
  boolean isMixture() {
    return likelihood.kind() == ModelChoice.Kind.MIXTURE;
  }

  /** Whether draws are made for each row. */
  boolean hasLatentVariables() {
    return isMixture() || method == Method.GIBBS && family() != Likelihood.LINEAR;
  }

  /** K of a mixture. */
  int mixed() {
    return components.orElse(2);
  }

  /** Whether the target is the user's own. */
  boolean isOwn() {
    return likelihood.kind() == ModelChoice.Kind.OWN;
  }

  @Override
  public void check(Findings findings) {
    checkDraws(findings);
    switch (likelihood.kind()) {
      case REGRESSION -> checkRegression(findings);
      case MIXTURE -> checkMixture(findings);
      case OWN -> checkOwn(findings);
    }
    if (components.isPresent() && !isMixture()) {
      findings.add("components", "only a mixture has components", "leave it out");
    }
    if (prior.means().isPresent() && !isMixture()) {
      findings.add("prior.means", "only a mixture has means", "set prior.coefficients");
    }
  }

  private void checkMixture(Findings findings) {
    if (input.isEmpty()) {
      findings.add("input", "nothing to read", "set input.path or input.table");
    }
    if (!columns.features().isEmpty()) {
      findings.add("columns.features", "a mixture has no features", "name its values as the label");
    }
    if (columns.label().isEmpty()) {
      findings.add("columns.label", "nothing to model", "name the column of the values");
    }
    if (method != Method.AUTO && method != Method.GIBBS) {
      findings.add("method", "a mixture is sampled by gibbs", "use auto or gibbs");
    }
    if (!(prior.means().orElse(null) instanceof Prior.Normal)) {
      findings.add(
          "prior.means", "a component without rows needs a proper prior", "set normal(mean, sd)");
    }
    if (!prior.sigma().isProper()) {
      findings.add(
          "prior.sigma",
          "a component without rows needs a proper prior",
          "set half-cauchy(scale) or normal(0, sd)");
    }
  }

  private void checkDraws(Findings findings) {
    if (draws < 4) {
      findings.add("draws", "too few to tell anything of", "ask for at least 4, better 1000");
    }
    if ((long) chains * ((long) draws + warmup) > Integer.MAX_VALUE / 4) {
      findings.add("draws", "more draws than fit in memory", "lower chains or draws");
    }
  }

  private void checkOwn(Findings findings) {
    if (input.isPresent()) {
      findings.add("input", "a class reads its own data", "leave it out");
    }
    if (method != Method.AUTO && method != Method.RANDOM_WALK && method != Method.GIBBS) {
      findings.add(
          "method",
          "a class is sampled by random walks, or by slices within gibbs",
          "use auto, random-walk or gibbs");
    }
    if (!prior.of().isEmpty() || prior.coefficients().isProper() || prior.sigma().isProper()) {
      findings.add("prior", "a class has its own priors", "leave it out");
    }
  }

  private void checkRegression(Findings findings) {
    if (input.isEmpty()) {
      findings.add("input", "nothing to read", "set input.path or input.table");
    }
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to regress on", "name the column of the features");
    }
    if (columns.label().isEmpty()) {
      findings.add("columns.label", "nothing to explain", "name the column of the label");
    }
    if (classes.isPresent() && family() != Likelihood.SOFTMAX) {
      findings.add("classes", "only a softmax model has classes", "leave it out");
    }
    if (run.precision() == Precision.FLOAT) {
      findings.add("precision", "likelihoods are summed in double precision", "leave it out");
    }
    if (method == Method.GIBBS) {
      checkGibbs(findings);
    }
    if (method == Method.CONSENSUS && family() == Likelihood.LINEAR) {
      findings.add(
          "method", "a linear model is settled by statistics of all rows", "use auto or gibbs");
    }
    if (shards.isPresent() && method != Method.CONSENSUS) {
      findings.add("shards", "only method = consensus has shards", "leave it out");
    }
  }
}
