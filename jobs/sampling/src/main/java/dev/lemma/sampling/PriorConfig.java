// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import dev.lemma.math.sampling.glm.Prior;
import java.util.Map;
import java.util.Optional;

/**
 * What is believed before the data.
 *
 * @param coefficients of every coefficient without a prior of its own
 * @param intercept of the intercept; unset: as of the coefficients
 * @param sigma of standard deviations
 * @param means of the means of a mixture
 * @param shares concentration of the shares of a mixture
 * @param of priors of single parameters by name
 */
record PriorConfig(
    @Key(
            doc = "Prior of every coefficient without one of its own",
            fallback = "flat",
            type = "normal(mean, sd) | student(df, m, s) | laplace(m, s) | flat")
        Prior coefficients,
    @Key(doc = "Prior of the intercept; unset: as of the coefficients", type = "as coefficients")
        Optional<Prior> intercept,
    @Key(
            doc =
                "Prior of the standard deviation of a linear model, or of each component of a"
                    + " mixture, on the positive numbers",
            fallback = "flat",
            type = "half-cauchy(s) | normal(0, sd) | student(df, m, s) | flat")
        Prior sigma,
    @Key(doc = "Prior of the means of a mixture; required of one", type = "normal(mean, sd)")
        Optional<Prior> means,
    @Key(doc = "Concentration of the Dirichlet prior of the shares of a mixture", fallback = "1")
        double shares,
    @Key(
            doc = "Priors of single parameters by name, such as { age = \"laplace(0, 1)\" }",
            fallback = "{}",
            type = "{ name = prior }")
        Map<String, Prior> of)
    implements Checked {
  /** Takes copies. */
  PriorConfig {
    of = Map.copyOf(of);
    if (!(shares > 0)) {
      throw new IllegalArgumentException("shares must be positive, found " + shares);
    }
  }

  @Override
  public void check(Findings findings) {
    String remedy = "half-cauchy is for sigma; use student(1, 0, scale)";
    if (coefficients instanceof Prior.HalfCauchy) {
      findings.add("coefficients", "a coefficient may be negative", remedy);
    }
    if (intercept.isPresent() && intercept.get() instanceof Prior.HalfCauchy) {
      findings.add("intercept", "an intercept may be negative", remedy);
    }
    of.forEach(
        (name, prior) -> {
          if (prior instanceof Prior.HalfCauchy && !name.equals(ModelParameters.SIGMA)) {
            findings.add("of." + name, "a coefficient may be negative", remedy);
          }
        });
  }
}
