// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.run.LemmaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomProjectionTransformTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.NEGATIVE_INFINITY;

  private static Dataset<Row> arrays(Double[]... rows) {
    return Samples.frame(DataTypes.createArrayType(DataTypes.DoubleType), Arrays.asList(rows));
  }

  private static RandomProjection three() {
    return stage().setD(3).setK(2).setSeed(5);
  }

  @ParameterizedTest
  @MethodSource
  void theOutputHasTheTypeAskedFor(String precision, String type, DataType expected) {
    RandomProjectionModel model = three().setPrecision(precision).setOutputType(type).fit(arrays());
    Dataset<Row> out = model.transform(arrays(new Double[] {0.1, 2.0, -3.0}));
    assertThat(out.schema().apply("y").dataType()).isEqualTo(expected);
    double[] values = Samples.values(out.first().get(2));
    assertThat(values).hasSize(2);
    // 0.1 is another number in float, so that the two precisions cannot be taken for each other.
    boolean isFloat = Arrays.stream(values).allMatch(value -> value == (float) value);
    assertThat(isFloat).isEqualTo(precision.equals("float"));
  }

  static Stream<Arguments> theOutputHasTheTypeAskedFor() {
    return Stream.of(
        Arguments.of("float", "vector", SQLDataTypes.VectorType()),
        Arguments.of("double", "vector", SQLDataTypes.VectorType()),
        Arguments.of("float", "array", DataTypes.createArrayType(DataTypes.FloatType, false)),
        Arguments.of("double", "array", DataTypes.createArrayType(DataTypes.DoubleType, false)));
  }

  /** Rows 0 and 7 are good; what is bad about the others. */
  private static Dataset<Row> mixed() {
    return arrays(
        new Double[] {1.0, 2.0, 3.0},
        null,
        new Double[] {1.0, NAN, 3.0},
        new Double[] {1.0, INFINITE, 3.0},
        new Double[] {1.0, 2.0},
        new Double[] {1.0, null, 3.0},
        new Double[] {1e300, 2.0, 3.0},
        new Double[] {0.0, -0.0, 0.0});
  }

  @Test
  void skipDropsRowsThatCannotBeProjected() {
    Dataset<Row> out = three().setHandleInvalid("skip").fit(mixed()).transform(mixed());
    assertThat(out.select("id").collectAsList().stream().map(row -> row.getLong(0)))
        .containsExactlyInAnyOrder(0L, 7L);
  }

  @Test
  void keepGivesNullForRowsThatCannotBeProjected() {
    for (String type : List.of("vector", "array")) {
      Dataset<Row> out =
          three().setHandleInvalid("keep").setOutputType(type).fit(mixed()).transform(mixed());
      assertThat(Samples.bits(out, "y"))
          .allSatisfy((id, bits) -> assertThat(bits == null).isEqualTo(id != 0 && id != 7))
          .hasSize(8);
    }
  }

  @Test
  void doubleHoldsWhatFloatCannot() {
    RandomProjectionModel model =
        three().setPrecision("double").setHandleInvalid("keep").fit(mixed());
    double[] large = Samples.values(model.transform(mixed()).filter("id = 6").first().get(2));
    assertThat(Math.abs(large[0])).isGreaterThan(1e299);
  }

  @ParameterizedTest
  @MethodSource
  void errorStopsWithTheReason(long id, String reason) {
    RandomProjectionModel model = three().fit(mixed());
    assertThat(Samples.failure(() -> model.transform(mixed().filter("id = " + id)).collectAsList()))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "a row cannot be projected ("
                + reason
                + "); set handleInvalid to skip or keep, or repair the data");
  }

  @Test
  void theReasonComesThroughFromATask() {
    RandomProjectionModel model = three().fit(mixed());
    Throwable failure =
        Samples.failure(() -> model.transform(mixed().repartition(2)).collectAsList());
    assertThat(failure).isInstanceOf(LemmaException.class);
    assertThat(((LemmaException) failure).problems()).hasSize(1);
  }

  static Stream<Arguments> errorStopsWithTheReason() {
    return Stream.of(
        Arguments.of(1, "null"),
        Arguments.of(2, "nan"),
        Arguments.of(3, "infinite"),
        Arguments.of(4, "wrong-length"),
        Arguments.of(5, "null-element"),
        Arguments.of(6, "outside-float-range"));
  }

  @Test
  void vectorsAreScreenedLikeArrays() {
    Dataset<Row> rows =
        Samples.vectors(
            Vectors.dense(1, 2, 3),
            null,
            Vectors.dense(1, NAN, 3),
            Vectors.sparse(3, new int[] {1}, new double[] {INFINITE}),
            Vectors.dense(1, 2),
            Vectors.sparse(4, new int[] {1}, new double[] {1}),
            Vectors.sparse(3, new int[] {2}, new double[] {1e300}),
            Vectors.zeros(3));
    Dataset<Row> out = three().setHandleInvalid("keep").fit(rows).transform(rows);
    assertThat(Samples.bits(out, "y"))
        .allSatisfy((id, bits) -> assertThat(bits == null).isEqualTo(id != 0 && id != 7));
  }

  @Test
  void aProjectionThatOverflowsIsNoProjection() {
    Double[] large = {3e38, 3e38, 3e38};
    Dataset<Row> rows = arrays(large, new Double[] {1.0, 0.0, 0.0});
    RandomProjectionModel model = three().setFamily("gaussian").fit(rows);
    assertThat(Samples.failure(() -> model.transform(rows).collectAsList()))
        .hasMessage(
            "a row's values are finite, but its projection is not in float; scale the data down, or"
                + " set precision = double");
    assertThat(model.setHandleInvalid("skip").transform(rows).count()).isEqualTo(1);
    assertThat(
            three().setFamily("gaussian").setPrecision("double").fit(rows).transform(rows).count())
        .isEqualTo(2);
  }

  @Test
  void zerosStayZerosInEveryFamily() {
    Dataset<Row> zeros =
        Samples.vectors(
            Vectors.zeros(9),
            Vectors.zeros(9).toSparse(),
            Vectors.dense(new double[] {-0.0, 0, 0, 0, 0, 0, 0, 0, -0.0}));
    for (String family :
        List.of("sign", "sparse-sign", "hadamard", "gaussian", "orthonormal", "very-sparse")) {
      RandomProjectionModel model = stage().setK(5).setFamily(family).fit(zeros);
      assertThat(Samples.bits(model.transform(zeros), "y").values())
          .as(family)
          .allSatisfy(bits -> assertThat(bits).isEqualTo(Samples.bits(new double[5])));
    }
    RandomProjectionModel text = stage().setK(5).fit(Samples.texts(2));
    Dataset<Row> empty = Samples.frame(DataTypes.StringType, List.of("", " -- "));
    assertThat(Samples.bits(text.transform(empty), "y").values())
        .allSatisfy(bits -> assertThat(bits).isEqualTo(Samples.bits(new double[5])));
  }

  @Test
  void noRowsGiveNoRows() {
    RandomProjectionModel model = three().fit(arrays());
    Dataset<Row> out = model.transform(arrays());
    assertThat(out.collectAsList()).isEmpty();
    assertThat(out.schema()).isEqualTo(model.transformSchema(arrays().schema()));
  }

  @Test
  void aModelRefusesTheOtherKindOfFeatures() {
    assertThatThrownBy(() -> three().fit(arrays()).transform(Samples.texts(2)))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "inputCol: column x has another type: found STRING, expected a vector or an array of"
                + " numbers; set inputCol accordingly");
    assertThatThrownBy(() -> stage().fit(Samples.texts(2)).transform(arrays()))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "inputCol: column x has another type: found ARRAY<DOUBLE>, expected text; set inputCol"
                + " accordingly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "fast"})
  void everyCombinationOfOptionsHasTheSchemaThatItAnnounces(String kernel) {
    Metadata note = new MetadataBuilder().putString("comment", "of the user").build();
    List<Dataset<Row>> inputs = new ArrayList<>();
    inputs.add(Samples.vectors(Vectors.dense(1, 2, 3)).withMetadata("id", note));
    inputs.add(arrays(new Double[] {1.0, 2.0, 3.0}).withMetadata("id", note));
    inputs.add(Samples.texts(2).withMetadata("x", note));
    for (Dataset<Row> input : inputs) {
      boolean text = input.schema().apply("x").dataType().equals(DataTypes.StringType);
      for (String type : List.of("vector", "array")) {
        for (String precision : List.of("float", "double")) {
          for (String invalid : List.of("error", "skip", "keep")) {
            RandomProjectionModel model =
                stage()
                    .setK(2)
                    .setKernel(kernel)
                    .setOutputType(type)
                    .setPrecision(precision)
                    .setHandleInvalid(invalid)
                    .fit(input);
            requireAgreement(model, input);
            if (!text) {
              requireAgreement(model.backProjection("z"), model.transform(input));
            }
          }
        }
      }
    }
  }

  private static void requireAgreement(RandomProjectionModel model, Dataset<Row> input) {
    StructType announced = model.transformSchema(input.schema());
    StructType seen = model.transform(input).schema();
    // Equality of fields covers name, type, nullability and metadata.
    assertThat(seen).as(model.explainParams()).isEqualTo(announced);
    assertThat(Arrays.copyOf(seen.fields(), input.columns().length))
        .isEqualTo(input.schema().fields());
  }

  @Test
  void theColumnCarriesItsSizeAndSpecification() {
    Dataset<Row> rows = Samples.units(2, 50);
    RandomProjectionModel model = stage().setK(8).setSeed(3).fit(rows);
    Metadata metadata = model.transform(rows).schema().apply("y").metadata();
    Metadata lemma = metadata.getMetadata("lemma");
    assertThat(lemma.getString("specification")).isEqualTo(model.specification().hash());
    assertThat(lemma.getString("family")).isEqualTo("sign");
    assertThat(lemma.getLong("k")).isEqualTo(8);
    assertThat(lemma.getLong("seed")).isEqualTo(3);
    AttributeGroup group =
        AttributeGroup.fromStructField(model.transform(rows).schema().apply("y"));
    assertThat(group.size()).isEqualTo(8);
    Metadata ofArray = model.setOutputType("array").transform(rows).schema().apply("y").metadata();
    assertThat(ofArray.contains("lemma")).isTrue();
    assertThat(ofArray.contains("ml_attr")).isFalse();
  }

  @Test
  void columnsOfOneNameStayApart() {
    Dataset<Row> rows = Samples.units(2, 50);
    Dataset<Row> twice = rows.selectExpr("id", "x", "id");
    RandomProjectionModel model = stage().setK(4).fit(rows);
    assertThat(model.transform(twice).columns()).containsExactly("id", "x", "id", "y");
  }

  @Test
  void columnNamesMayHoldDotsAndBackticks() {
    Dataset<Row> rows = Samples.units(2, 50).withColumnRenamed("x", "a.b`c");
    Dataset<Row> out =
        new RandomProjection()
            .setInputCol("a.b`c")
            .setOutputCol("p.q`r")
            .setHandleInvalid("skip")
            .setK(4)
            .fit(rows)
            .transform(rows);
    assertThat(out.columns()).containsExactly("id", "a.b`c", "p.q`r");
    assertThat(out.count()).isEqualTo(2);
  }
}
