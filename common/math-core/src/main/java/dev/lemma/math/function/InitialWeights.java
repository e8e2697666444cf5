// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Objects;

/**
 * Random first weights of a dense layer, of mean 0 and a variance that keeps the size of what
 * passes through: 1 / m for m inputs (LeCun), 2 / m where half is lost in a ReLU (He), 2 / (m + n)
 * for forward and backward together (Xavier).
 *
 * <p>A normal law cut at two of its deviations has only {@link #CUT_VARIANCE} of its variance; its
 * deviation is raised by {@link #CUT_FACTOR}, so that the variance is the one asked for. A uniform
 * law of deviation s ends at sqrt(3) s.
 *
 * <p>Weight (i, j) is a function of (seed; i, j) alone: a wider layer begins with the narrower one.
 * Cut normal draws are exact, by a ziggurat whose tables the class makes for itself.
 *
 * <p>Y. LeCun et al., <em>Efficient BackProp</em>, 1998; X. Glorot and Y. Bengio, <em>Understanding
 * the difficulty of training deep feedforward neural networks</em>, AISTATS 2010; K. He et al.,
 * 2015, <a href="https://arxiv.org/abs/1502.01852">arXiv:1502.01852</a>; <a
 * href="https://kexue.fm/archives/8620">kexue.fm/archives/8620</a>.
 *
 * @param rule of the variance
 * @param law of the entries
 * @param inputs m, at least 1
 * @param outputs n, at least 1
 */
public record InitialWeights(Rule rule, Law law, int inputs, int outputs) {
  /** Variance of a standard normal cut at 2 deviations. */
  public static final double CUT_VARIANCE = 0.7737413035499233;

  /** 1 / sqrt of it. */
  public static final double CUT_FACTOR = 1.1368472343385565;

  private static final long STREAM = StreamKey.of(0, "function/initial-weights").stream();

  /** How the variance follows from the numbers of inputs and outputs. */
  public enum Rule {
    /** 1 / inputs. */
    LECUN,
    /** 2 / inputs. */
    HE,
    /** 2 / (inputs + outputs). */
    XAVIER
  }

  /** The law of an entry. */
  public enum Law {
    /** Normal, cut at two deviations. */
    TRUNCATED_NORMAL,
    /** Uniform. */
    UNIFORM
  }

  /** Checks the ranges. */
  public InitialWeights {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(law, "law");
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "inputs and outputs must be at least 1, found " + inputs + " and " + outputs);
    }
  }

  /** Standard deviation of an entry. */
  public double deviation() {
    return switch (rule) {
      case LECUN -> Math.sqrt(1.0 / inputs);
      case HE -> Math.sqrt(2.0 / inputs);
      case XAVIER -> Math.sqrt(2 / ((double) inputs + outputs));
    };
  }

  /** The largest magnitude that an entry can have. */
  public double bound() {
    return switch (law) {
      case TRUNCATED_NORMAL -> 2 * CUT_FACTOR * deviation();
      case UNIFORM -> Math.sqrt(3) * deviation();
    };
  }

  /**
   * The weight of one input in one output: entry (output, input) of {@link #matrix}.
   *
   * @param seed any value
   * @param output row i; any number, also beyond those of this layer
   * @param input column j; likewise
   */
  public double weight(long seed, long output, long input) {
    return scale() * standard(law, key(seed), output, input);
  }

  /**
   * A normal draw cut at two deviations and stretched so that the standard deviation is the one
   * asked for: what {@link #weight} draws, by any rule.
   *
   * @param deviation s, at least 0 and finite, else NaN
   * @param seed any value
   * @param output row of the address
   * @param input column of the address
   * @return a number of magnitude 2.2737 s at most
   */
  public static double truncatedNormal(double deviation, long seed, long output, long input) {
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    return CUT_FACTOR * deviation * CutNormal.draw(key(seed), output, input);
  }

  private static StreamKey key(long seed) {
    return new StreamKey(seed, STREAM);
  }

  private double scale() {
    return law == Law.UNIFORM ? bound() : CUT_FACTOR * deviation();
  }

  private static double standard(Law law, StreamKey key, long output, long input) {
    return switch (law) {
      case TRUNCATED_NORMAL -> CutNormal.draw(key, output, input);
      case UNIFORM -> 2 * Variates.uniform(new KeyedSource(key).at(output, input, 0)) - 1;
    };
  }

  /**
   * All weights, outputs x inputs, row-major.
   *
   * @param seed any value
   * @throws ArithmeticException if there are more than 2^31 - 1
   */
  public double[] matrix(long seed) {
    double[] weights = new double[Math.multiplyExact(outputs, inputs)];
    StreamKey key = key(seed);
    double scale = scale();
    for (int i = 0, at = 0; i < outputs; i++) {
      for (int j = 0; j < inputs; j++, at++) {
        weights[at] = scale * standard(law, key, i, j);
      }
    }
    return weights;
  }
}
