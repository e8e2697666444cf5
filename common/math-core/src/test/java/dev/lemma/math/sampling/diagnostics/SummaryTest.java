// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.sampling.diagnostics.MadeDraws.Kind;
import dev.lemma.math.sampling.diagnostics.MadeDraws.Shape;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Against R's posterior on draws made here, and what must hold whatever the draws. */
class SummaryTest {
  /** What 2 x S rounding units of 1e-16 do to a ratio of sums, with room for nearly equal ones. */
  private static final double RELATIVE = 1e-8;

  private static void close(SoftAssertions softly, String what, double found, String golden) {
    double expected = Csv.number(golden);
    if (Double.isNaN(expected)) {
      softly.assertThat(found).as(what).isNaN();
    } else {
      softly
          .assertThat(Math.abs(found - expected) <= RELATIVE * Math.abs(expected))
          .as(what + " " + found + " against " + expected)
          .isTrue();
    }
  }

  /** posterior 1.4.0 calls ranges below 2.2e-16 constant; here only equal draws are. */
  @Test
  void everyColumnIsWhatPosteriorSays() {
    SoftAssertions softly = new SoftAssertions();
    for (Map<String, String> row : Csv.golden("diagnostics.csv")) {
      Shape shape =
          new Shape(Integer.parseInt(row.get("chains")), Integer.parseInt(row.get("draws")));
      double[][] x = MadeDraws.chains(Kind.valueOf(row.get("kind")), shape);
      Summary s = Summary.of(x);
      String name = row.get("kind") + " " + shape + " ";
      double largest =
          Arrays.stream(x).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
      softly
          .assertThat(s.mean())
          .as(name + "mean")
          .isCloseTo(Csv.number(row.get("mean")), within(1e-14 * largest));
      close(softly, name + "sd", s.sd(), row.get("sd"));
      close(softly, name + "mad", s.mad(), row.get("mad"));
      close(softly, name + "q5", s.q5(), row.get("q5"));
      close(softly, name + "median", s.median(), row.get("median"));
      close(softly, name + "q95", s.q95(), row.get("q95"));
      close(softly, name + "rhat", s.rHat(), row.get("rhat"));
      close(softly, name + "rhat_split", s.splitRHat(), row.get("rhat_split"));
      close(softly, name + "rhat_plain", RHat.plain(x), row.get("rhat_plain"));
      close(softly, name + "ess_bulk", s.essBulk(), row.get("ess_bulk"));
      close(softly, name + "ess_tail", s.essTail(), row.get("ess_tail"));
      close(softly, name + "ess_mean", s.essMean(), row.get("ess_mean"));
      close(softly, name + "ess_sd", s.essSd(), row.get("ess_sd"));
      close(softly, name + "ess_median", s.essMedian(), row.get("ess_median"));
      close(softly, name + "ess_plain", EffectiveSize.plain(x), row.get("ess_plain"));
      close(softly, name + "ess_q10", EffectiveSize.quantile(x, 0.1), row.get("ess_q10"));
      close(softly, name + "ess_q100", EffectiveSize.quantile(x, 1), row.get("ess_q100"));
      close(softly, name + "mcse_mean", s.mcseMean(), row.get("mcse_mean"));
      close(softly, name + "mcse_sd", s.mcseSd(), row.get("mcse_sd"));
      close(softly, name + "mcse_median", s.mcseMedian(), row.get("mcse_median"));
      close(softly, name + "mcse_q5", s.mcseQ5(), row.get("mcse_q5"));
      close(softly, name + "mcse_q95", s.mcseQ95(), row.get("mcse_q95"));
      String nested = row.get("rhat_nested");
      if (!nested.equals("NA")) {
        Superchains pairs = Superchains.consecutive(shape.chains(), shape.chains() / 2);
        close(softly, name + "rhat_nested", RHat.nested(x, pairs), nested);
      }
    }
    softly.assertAll();
  }

  @Test
  void theKernelServesColumnAfterColumnWithEqualBits() {
    Shape shape = new Shape(4, 251);
    SummaryKernel kernel = SummaryKernel.of(Superchains.consecutive(4, 2), 251);
    for (int round = 0; round < 2; round++) {
      for (Kind kind : Kind.values()) {
        double[][] x = MadeDraws.chains(kind, shape);
        double[] flat = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
        Summary found = kernel.summarise(flat);
        assertThat(found)
            .as(kind + " in round " + round)
            .isEqualTo(SummaryKernel.of(Superchains.consecutive(4, 2), 251).summarise(flat));
      }
    }
  }

  @Test
  void rankDiagnosticsIgnoreMonotoneMaps() {
    double[][] x = MadeDraws.chains(Kind.SLOW, new Shape(4, 251));
    double[][] y = new double[4][251];
    for (int c = 0; c < 4; c++) {
      y[c] = Arrays.stream(x[c]).map(draw -> Math.exp(1e-3 * draw) * 1e-200).toArray();
    }
    Summary before = Summary.of(x);
    Summary after = Summary.of(y);
    assertThat(after.essBulk()).isEqualTo(before.essBulk());
    assertThat(after.essTail()).isEqualTo(before.essTail());
  }

  /** Fourth powers on the scale of 2^-300 vanish. */
  @Test
  void aPowerOfTwoChangesNoBit() {
    double[][] x = MadeDraws.chains(Kind.HEAVY, new Shape(4, 251));
    Summary before = Summary.of(x);
    for (int exponent : new int[] {-900, -300, 300, 900}) {
      double scale = Math.scalb(1.0, exponent);
      double[][] y = new double[4][];
      for (int c = 0; c < 4; c++) {
        y[c] = Arrays.stream(x[c]).map(draw -> draw * scale).toArray();
      }
      Summary after = Summary.of(y);
      assertThat(after.rHat()).isEqualTo(before.rHat());
      assertThat(after.splitRHat()).isEqualTo(before.splitRHat());
      assertThat(after.essMean()).isEqualTo(before.essMean());
      assertThat(after.essSd()).isEqualTo(before.essSd());
      assertThat(after.mcseMean()).isEqualTo(before.mcseMean() * scale);
      assertThat(after.mcseSd()).isEqualTo(before.mcseSd() * scale);
      assertThat(after.mcseMedian()).isEqualTo(before.mcseMedian() * scale);
    }
  }

  @Test
  void oneDrawThatIsNoNumberSpoilsEverything() {
    double[][] x = MadeDraws.chains(Kind.WHITE, new Shape(2, 7));
    x[1][3] = Double.NaN;
    Summary s = Summary.of(x);
    assertThat(new double[] {s.mean(), s.sd(), s.mad(), s.q5(), s.median(), s.q95(), s.rHat()})
        .containsOnly(Double.NaN);
    assertThat(new double[] {s.essBulk(), s.essTail(), s.essMean(), s.mcseMean(), s.mcseQ5()})
        .containsOnly(Double.NaN);
  }

  @Test
  void anInfiniteDrawLeavesTheQuantiles() {
    double[][] x = MadeDraws.chains(Kind.WHITE, new Shape(2, 100));
    double median = Summary.of(x).median();
    int top = 0;
    for (int i = 1; i < 100; i++) {
      top = x[0][i] > x[0][top] ? i : top;
    }
    x[0][top] = Double.POSITIVE_INFINITY;
    Summary s = Summary.of(x);
    assertThat(s.median()).isEqualTo(median);
    assertThat(s.mean()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new double[] {s.sd(), s.mad(), s.rHat(), s.essBulk(), s.mcseMedian()})
        .containsOnly(Double.NaN);
  }

  @Test
  void constantChainsThatDifferHaveAnInfiniteRHat() {
    double[][] x = {{1, 1, 1, 1, 1, 1, 1, 1}, {2, 2, 2, 2, 2, 2, 2, 2}};
    assertThat(RHat.split(x)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(RHat.plain(x)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void fewDrawsHaveNoDiagnostics() {
    Summary one = Summary.of(new double[][] {{3}});
    assertThat(one.mean()).isEqualTo(3);
    assertThat(one.q5()).isEqualTo(3);
    assertThat(new double[] {one.sd(), one.rHat(), one.essBulk(), one.mcseMean()})
        .containsOnly(Double.NaN);
    Summary five = Summary.of(new double[][] {{1, 2, 4, 8, 16}, {3, 1, 5, 2, 7}});
    assertThat(new double[] {five.essBulk(), five.essTail(), five.essMean()})
        .containsOnly(Double.NaN);
    assertThat(five.rHat()).isFinite();
  }

  @Test
  void negativeZeroTiesWithZero() {
    double[][] x = MadeDraws.chains(Kind.DISCRETE, new Shape(4, 251));
    double before = Summary.of(x).essBulk();
    for (double[] chain : x) {
      for (int i = 0; i < chain.length; i += 2) {
        chain[i] = chain[i] == 0 ? -0.0 : chain[i];
      }
    }
    assertThat(Summary.of(x).essBulk()).isEqualTo(before);
  }

  @Test
  void callersMistakesAreTold() {
    assertThatThrownBy(() -> Summary.of(new double[][] {{1, 2}, {3}}))
        .hasMessage("chains must have equally many draws: chain 0 has 2, chain 1 has 1");
    assertThatThrownBy(() -> Summary.of(new double[0][]))
        .hasMessage("diagnostics need at least 1 chain, found none");
    assertThatThrownBy(() -> Summary.of(new double[1][0]))
        .hasMessage("diagnostics need at least 1 chain of 1 draw, found 1 x 0");
    assertThatThrownBy(() -> SummaryKernel.of(2, 3).summarise(new double[5]))
        .hasMessage("a column must have 2 x 3 draws, found 5");
    assertThatThrownBy(() -> EffectiveSize.quantile(new double[][] {{1, 2}}, 1.5))
        .hasMessage("a probability must lie in [0, 1], found 1.5");
    assertThatThrownBy(() -> Superchains.consecutive(6, 4))
        .hasMessage(
            "the number of superchains must be at least 2 and divide the number of chains, found 4"
                + " for 6 chains");
  }
}
