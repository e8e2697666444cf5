// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ladder on the census data a9a, judged by its official test set, where it is at hand. */
class LadderA9aTest {
  private static final int FEATURES = 123;

  private static LadderRows test;
  private static final List<LinearModel> MODELS = new ArrayList<>();

  @BeforeAll
  static void read() {
    Path folder = folder();
    assumeTrue(folder != null, "a9a is not at hand: no shared/data/logistic above this folder");
    LadderRows train = LadderRows.libsvm(folder.resolve("a9a.libsvm.gz"), FEATURES);
    test = LadderRows.libsvm(folder.resolve("a9a.t.libsvm.gz"), FEATURES);
    FoldMoments moments = train.moments(ScatterLayout.PER_CLASS);
    LadderOptions options = LadderOptions.of(Rung.FOUR);
    MODELS.add(Ladder.fromMoments(moments, options).model());
    MODELS.addAll(Ladder.models(moments, train, options));
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/logistic");
      if (Files.exists(candidate.resolve("a9a.libsvm.gz"))) {
        return candidate;
      }
    }
    return null;
  }

  /** The maximum likelihood with C = 1 has 0.3257 and 84.99. */
  @ParameterizedTest
  @CsvSource({"1, 0.3320, 0.848", "2, 0.3300, 0.848", "3, 0.3252, 0.849", "4, 0.3252, 0.849"})
  void holdsItsLossAndAccuracy(int passes, double loss, double accuracy) {
    double[] quality = test.quality(MODELS.get(passes - 1));
    assertThat(quality[0]).isLessThanOrEqualTo(loss);
    assertThat(quality[1]).isGreaterThanOrEqualTo(accuracy);
  }
}
