// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.projection.JlBounds;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomProjectionFitTest {
  private static final int WIDE = 20_000;

  private static RandomProjectionModel fit(RandomProjection stage, Dataset<Row> rows) {
    return stage.fit(rows);
  }

  private static LemmaException refusal(RandomProjection stage, Dataset<Row> rows) {
    return catchThrowableOfType(LemmaException.class, () -> stage.fit(rows));
  }

  @Test
  void oneLineIsEnough() {
    Dataset<Row> data = Samples.units(5, WIDE);
    Dataset<Row> projected =
        new RandomProjection().setInputCol("x").setOutputCol("y").fit(data).transform(data);
    assertThat(projected.columns()).containsExactly("id", "x", "y");
    Vector first = projected.first().getAs("y");
    assertThat(first.size()).isEqualTo(334);
  }

  /** Tables 4.2 and 4.3 of the reference: k by the exact chi-square law. */
  @ParameterizedTest
  @CsvSource({
    "share,     0.2, squared,   0.99, 0.01, 0,       334",
    "share,     0.2, squared,   0.95, 0.01, 0,       191",
    "share,     0.1, squared,   0.999,0.01, 0,       2179",
    "all-pairs, 0.2, squared,   0.99, 0.01, 0,       1700",
    "all-pairs, 0.2, squared,   0.99, 1e-6, 0,       2716",
    "all-pairs, 0.2, squared,   0.99, 0.01, 1000000, 3227",
    "all-pairs, 0.1, unsquared, 0.99, 0.01, 10000,   2037",
    "queries,   0.2, squared,   0.99, 0.01, 1000000, 2537",
    "norms,     0.1, squared,   0.99, 0.01, 1000000, 6744"
  })
  void takesTheSmallestDimensionThatKeepsTheGuarantee(
      String guarantee,
      double eps,
      String distance,
      double share,
      double delta,
      long rows,
      int expected) {
    RandomProjectionModel model =
        fit(
            stage()
                .setGuarantee(guarantee)
                .setEps(eps)
                .setDistance(distance)
                .setShare(share)
                .setDelta(delta)
                .setRows(rows),
            Samples.units(1000, WIDE));
    assertThat(model.getK()).isEqualTo(expected);
    assertThat(model.specification().matrix().k()).isEqualTo(expected);
    assertThat(model.note()).isEmpty();
  }

  @Test
  void aGivenDimensionStands() {
    RandomProjectionModel model =
        fit(stage().setK(7).setGuarantee("all-pairs"), Samples.units(3, 50));
    assertThat(model.getK()).isEqualTo(7);
    assertThat(model.getD()).isEqualTo(50);
  }

  @Test
  void refusesADimensionThatDoesNotReduce() {
    for (int k : new int[] {40, 41}) {
      LemmaException refused = refusal(stage().setK(k), Samples.units(3, 40));
      assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
      assertThat(refused)
          .hasMessage(
              "k: the projection would not reduce the dimension (k was given): found k = "
                  + k
                  + " for d = 40 features, expected k below d; lower k, raise eps, use guarantee ="
                  + " share, or set family = orthonormal, which keeps the guarantee with at most d"
                  + " dimensions");
    }
    assertThat(fit(stage().setK(39), Samples.units(3, 40)).getK()).isEqualTo(39);
  }

  @Test
  void refusesAGivenFamilyWhoseGuaranteeReachesD() {
    LemmaException refused = refusal(stage().setFamily("sign"), Samples.units(3, 334));
    assertThat(refused)
        .hasMessageStartingWith(
            "k: the projection would not reduce the dimension (the guarantee asks for it): found k"
                + " = 334 for d = 334 features, expected k below d;");
    assertThat(fit(stage().setFamily("sign"), Samples.units(3, 335)).getK()).isEqualTo(334);
  }

  @Test
  void turnsIntoAnOrthonormalMapWhereIndependentEntriesNeedKAboveD() {
    RandomProjectionModel model = fit(stage(), Samples.units(3, 200));
    long haar =
        JlBounds.haarDimension(new Guarantee.Share(0.99), 0.2, 0.01, DistanceScale.SQUARED, 200);
    assertThat(haar).isLessThan(200);
    assertThat(model.specification().matrix().family()).isEqualTo(Family.ORTHONORMAL);
    assertThat(model.getFamily()).isEqualTo("orthonormal");
    assertThat(model.getK()).isEqualTo((int) haar);
    assertThat(model.note())
        .isEqualTo(
            "independent entries would need k = 334 of d = 200 dimensions; orthonormal rows keep"
                + " the same guarantee with k = "
                + haar
                + ": random projection saves little on data this narrow");
  }

  @Test
  void refusesOrthonormalRowsThatWouldTakeTooLongToMake() {
    Fitting.Wish wish =
        new Fitting.Wish(
            rows -> new Guarantee.AllPairs(1_000_000),
            0.1,
            0.01,
            DistanceScale.SQUARED,
            OptionalInt.empty(),
            FamilyChoice.AUTO,
            4,
            0,
            0);
    assertThatThrownBy(() -> Fitting.of(wish, OptionalLong.of(12_000), () -> 0, () -> 0))
        .hasMessageStartingWith("k: the projection would not reduce the dimension")
        .hasMessageContaining("k = 12184 for d = 12000 features");
  }

  @Test
  void allowsAsManyOrthonormalRowsAsFeaturesAndNoMore() {
    assertThat(fit(stage().setFamily("orthonormal").setK(40), Samples.units(3, 40)).getK())
        .isEqualTo(40);
    assertThat(refusal(stage().setFamily("orthonormal").setK(41), Samples.units(3, 40)))
        .hasMessage(
            "k: more orthonormal rows than features: found k = 41, expected at most d = 40; lower"
                + " k");
  }

  @Test
  void takesDFromMetadataWithoutReadingARow() {
    Dataset<Row> empty =
        Samples.vectors().withMetadata("x", new AttributeGroup("x", 600).toMetadata());
    assertThat(fit(stage(), empty).getD()).isEqualTo(600);
  }

  @Test
  void takesDFromItsParameter() {
    assertThat(fit(stage().setD(601), Samples.vectors()).getD()).isEqualTo(601);
    Dataset<Row> other =
        Samples.vectors().withMetadata("x", new AttributeGroup("x", 600).toMetadata());
    assertThat(refusal(stage().setD(601), other))
        .hasMessage(
            "d: contradicts the columns: found 601, expected 600 in the metadata of column x;"
                + " correct key d or leave it out");
  }

  @Test
  void takesDFromTheFirstRowThatHasAVector() {
    Dataset<Row> rows = Samples.vectors(null, Vectors.zeros(602), Vectors.zeros(602)).coalesce(1);
    assertThat(fit(stage(), rows).getD()).isEqualTo(602);
    assertThat(fit(stage(), Samples.floats(new double[2][603])).getD()).isEqualTo(603);
  }

  @Test
  void saysThatEmptyDataHasNoDimension() {
    LemmaException refused = refusal(stage(), Samples.vectors());
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    assertThat(refused)
        .hasMessage(
            "columns.features = x: no row tells the number of features; check that the input is not"
                + " empty, or set key d");
  }

  @Test
  void emptyDataWithAGuaranteeOverItsRowsIsRefusedInWords() {
    LemmaException refused =
        refusal(stage().setGuarantee("all-pairs").setD(600), Samples.vectors());
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    assertThat(refused)
        .hasMessage(
            "rows: guarantee = all-pairs speaks of more rows than there are: found 0, expected at"
                + " least 2; set rows, give k, or use guarantee = share");
    assertThat(refusal(stage().setGuarantee("norms").setD(600), Samples.vectors()))
        .hasMessage(
            "rows: guarantee = norms speaks of more rows than there are: found 0, expected at least"
                + " 1; set rows, give k, or use guarantee = share");
  }

  @Test
  void theFamilyFollowsDAlone() {
    assertThat(fit(stage().setK(8), Samples.units(1, 16_384)).getFamily()).isEqualTo("sign");
    RandomProjectionModel wide = fit(stage().setK(8), Samples.units(1, 16_385));
    assertThat(wide.getFamily()).isEqualTo("sparse-sign");
    assertThat(wide.getNonzeros()).isEqualTo(4);
    RandomProjectionModel text = fit(stage(), Samples.texts(3));
    assertThat(text.getFamily()).isEqualTo("sparse-sign");
    assertThat(text.getD()).isZero();
    assertThat(text.specification().matrix().d()).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({"sign", "sparse-sign", "hadamard", "gaussian", "orthonormal", "very-sparse"})
  void eachFamilyCanBeAskedFor(String family) {
    RandomProjectionModel model = fit(stage().setFamily(family).setK(8), Samples.units(2, 100));
    assertThat(model.specification().matrix().family()).isEqualTo(Family.parse(family));
    assertThat(model.transform(Samples.units(2, 100)).collectAsList()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"hadamard", "orthonormal"})
  void textsHaveNoWidthForSomeFamilies(String family) {
    assertThat(refusal(stage().setFamily(family), Samples.texts(3)))
        .hasMessage(
            "family: "
                + family
                + " needs a fixed number of features, and texts have none: found "
                + family
                + ", expected sparse-sign, sign, gaussian or very-sparse; set family = auto");
  }

  @Test
  void noMoreNonzerosThanOutputs() {
    assertThat(fit(stage().setFamily("sparse-sign").setK(3), Samples.units(2, 100)).getNonzeros())
        .isEqualTo(3);
    assertThat(
            fit(stage().setFamily("sparse-sign").setK(30).setNonzeros(8), Samples.units(2, 100))
                .getNonzeros())
        .isEqualTo(8);
  }

  @Test
  void theDensityOfVerySparseFollowsTheWidthOrTheCountedVocabulary() {
    RandomProjection stage = stage().setFamily("very-sparse").setK(8);
    assertThat(fit(stage, Samples.units(2, 100)).getDensity()).isEqualTo(0.1);
    Dataset<Row> texts =
        Samples.frame(
            DataTypes.StringType, java.util.Arrays.asList("a b c d", "d e f g h i", null, "a"));
    assertThat(fit(stage, texts).getDensity()).isEqualTo(1 / 3.0);
    assertThat(fit(stage.setDensity(0.25), texts).getDensity()).isEqualTo(0.25);
  }

  @Test
  void refusesColumnsThatAreNotThereOrOfAnotherType() {
    Dataset<Row> rows = Samples.units(2, 100);
    assertThat(refusal(stage().setInputCol("X1"), rows))
        .hasMessage(
            "inputCol: no such column: found X1, expected one of id, x; set inputCol accordingly");
    assertThat(refusal(stage().setInputCol("id"), rows))
        .hasMessage(
            "inputCol: column id has another type: found BIGINT, expected a vector, an array of"
                + " numbers, or text; set inputCol accordingly");
    assertThat(refusal(stage().setOutputCol("id"), rows))
        .hasMessage(
            "outputCol: the column is there already: found id, expected a new name; set outputCol"
                + " accordingly");
    assertThatThrownBy(() -> new RandomProjection().fit(rows))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void parametersOutOfRangeAreRefusedWhenSet() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> stage().setK(-1),
            () -> stage().setD(-1),
            () -> stage().setEps(0),
            () -> stage().setEps(1),
            () -> stage().setDelta(0),
            () -> stage().setShare(1),
            () -> stage().setRows(-1),
            () -> stage().setQueries(0),
            () -> stage().setNonzeros(0),
            () -> stage().setDensity(1.1),
            () -> stage().setFamily("achlioptas"),
            () -> stage().setPrecision("half"),
            () -> stage().setOutputType("matrix"),
            () -> stage().setHandleInvalid("ignore"),
            () -> stage().setMinGram(0))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parameter");
    }
  }

  @Test
  void gramsThatEndBeforeTheyBeginAreRefused() {
    assertThatThrownBy(() -> stage().setMinGram(3).setMaxGram(2).fit(Samples.texts(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gram");
  }
}
