// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Draws of known character, each value a pure function of its address: what the golden values of R
 * were made from. The main method writes them for the script.
 */
final class MadeDraws {
  /** What chains are like; the golden file names these. */
  enum Kind {
    WHITE,
    SLOW,
    ANTITHETIC,
    HEAVY,
    DISCRETE,
    BINARY,
    SHIFTED,
    SPREAD,
    TREND,
    FINE,
    STUCK,
    CONSTANT
  }

  /** Chains and draws of a chain. */
  record Shape(int chains, int draws) {}

  static final Shape[] SHAPES = {
    new Shape(4, 251), new Shape(1, 100), new Shape(2, 7), new Shape(3, 1000), new Shape(18, 20)
  };

  static final int[] WEIGHTS = {40, 400, 3000};

  private MadeDraws() {}

  static double gaussian(long series, int chain, int draw) {
    long[] block = new long[4];
    double[] pair = new double[2];
    StreamKey.of(11, "test/draws").block(series, draw, chain, 0, block);
    Variates.gaussianPair(block[0], block[1], pair, 0);
    return pair[0];
  }

  private static double[] autoregressive(double coefficient, long series, int chain, int draws) {
    double[] x = new double[draws];
    double innovation = Math.sqrt(1 - coefficient * coefficient);
    x[0] = gaussian(series, chain, 0);
    for (int i = 1; i < draws; i++) {
      x[i] = coefficient * x[i - 1] + innovation * gaussian(series, chain, i);
    }
    return x;
  }

  static double[][] chains(Kind kind, Shape shape) {
    double[][] chains = new double[shape.chains()][];
    for (int c = 0; c < shape.chains(); c++) {
      chains[c] = chain(kind, c, shape.draws());
    }
    return chains;
  }

  private static double[] chain(Kind kind, int c, int draws) {
    double coefficient =
        switch (kind) {
          case SLOW -> 0.95;
          case ANTITHETIC -> -0.9;
          case DISCRETE, BINARY, SHIFTED -> 0.5;
          default -> 0;
        };
    double[] x = autoregressive(coefficient, kind.ordinal(), c, draws);
    for (int i = 0; i < draws; i++) {
      x[i] = value(kind, c, x[i], (double) i / draws);
    }
    return x;
  }

  private static double value(Kind kind, int c, double x, double time) {
    return switch (kind) {
      case WHITE, SLOW, ANTITHETIC -> x;
      case HEAVY -> x * x * x * x * x;
      case DISCRETE -> Math.floor(2 * x);
      case BINARY -> x > 0.3 ? 1 : 0;
      case SHIFTED -> x + 0.4 * (c % 4);
      case SPREAD -> x * (1 + c % 3);
      case TREND -> x + 3 * time;
      case FINE -> 1000 + 0.01 * x;
      case STUCK -> c == 0 ? 0.25 : x;
      case CONSTANT -> 0.1;
    };
  }

  /** Logarithms of weights: power laws of index 1 / shape, as importance sampling has them. */
  static double[] logWeights(double shape, int count) {
    double[] weights = new double[count];
    long[] block = new long[4];
    for (int i = 0; i < count; i++) {
      StreamKey.of(12, "test/weights").block(0, i, 0, 0, block);
      weights[i] = -shape * StrictMath.log(Variates.uniform(block[0])) - 700;
    }
    return weights;
  }

  /** Writes draws.csv and weights.csv into the folder that the argument names. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("draws.csv"), StandardCharsets.US_ASCII))) {
      out.println("kind,chains,draws,chain,value");
      for (Shape shape : SHAPES) {
        for (Kind kind : Kind.values()) {
          double[][] chains = chains(kind, shape);
          for (int c = 0; c < chains.length; c++) {
            for (double x : chains[c]) {
              out.println(
                  kind + "," + shape.chains() + "," + shape.draws() + "," + (c + 1) + "," + x);
            }
          }
        }
      }
    }
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("weights.csv"), StandardCharsets.US_ASCII))) {
      out.println("shape,count,value");
      for (double shape : new double[] {0.1, 0.5, 0.9, 1.4}) {
        for (int count : WEIGHTS) {
          for (double x : logWeights(shape, count)) {
            out.println(shape + "," + count + "," + x);
          }
        }
      }
    }
  }
}
