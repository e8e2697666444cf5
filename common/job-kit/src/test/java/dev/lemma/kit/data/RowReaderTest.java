// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.DocumentFrequencyCounter;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowReaderTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  static Stream<Arguments> badVectors() {
    int[] first = {0, 1, 2};
    return Stream.of(
        Arguments.of(null, Precision.DOUBLE, BadRow.NULL),
        Arguments.of(dense(1, 2), Precision.DOUBLE, BadRow.WRONG_LENGTH),
        Arguments.of(dense(1, 2, NAN, 4), Precision.DOUBLE, BadRow.WRONG_LENGTH),
        Arguments.of(sparse(4, first, 1, 2, 3), Precision.DOUBLE, BadRow.WRONG_LENGTH),
        Arguments.of(dense(1, 2, NAN), Precision.DOUBLE, BadRow.NAN),
        Arguments.of(dense(INF, 2, NAN), Precision.FLOAT, BadRow.NAN),
        Arguments.of(sparse(3, first, INF, 2, NAN), Precision.FLOAT, BadRow.NAN),
        Arguments.of(dense(1, -INF, 3), Precision.DOUBLE, BadRow.INFINITE),
        Arguments.of(dense(1e300, -INF, 3), Precision.FLOAT, BadRow.INFINITE),
        Arguments.of(sparse(3, first, 1e300, -INF, 3), Precision.FLOAT, BadRow.INFINITE),
        Arguments.of(dense(1, -1e300, 3), Precision.DOUBLE, BadRow.NONE),
        Arguments.of(dense(1, -1e300, 3), Precision.FLOAT, BadRow.OUTSIDE_FLOAT_RANGE),
        Arguments.of(sparse(3, first, 1, 3.5e38, 3), Precision.FLOAT, BadRow.OUTSIDE_FLOAT_RANGE),
        Arguments.of(stored(3, new int[] {1, 0}, 1, 2), Precision.DOUBLE, BadRow.BAD_INDICES),
        Arguments.of(stored(3, new int[] {1, 1}, 1, 2), Precision.DOUBLE, BadRow.BAD_INDICES),
        Arguments.of(stored(3, new int[] {0, 3}, 1, 2), Precision.DOUBLE, BadRow.BAD_INDICES),
        Arguments.of(stored(3, new int[] {-1, 0}, 1, 2), Precision.DOUBLE, BadRow.BAD_INDICES),
        Arguments.of(stored(3, new int[] {0, 1}, 1), Precision.DOUBLE, BadRow.BAD_INDICES));
  }

  @ParameterizedTest
  @MethodSource("badVectors")
  void classifiesVectors(InternalRow vector, Precision precision, BadRow expected) {
    RowReader reader = RowReader.of(new Features.VectorColumn("v", 3), precision);
    assertThat(reader.read(vector, new FeatureBuffer())).isEqualTo(expected);
    assertThat(reader.check(vector)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void classifiesArrays(Precision precision) {
    RowReader reader = RowReader.of(new Features.ArrayColumn("a", NumberType.FLOAT, 2), precision);
    assertThat(reader.check(null)).isEqualTo(BadRow.NULL);
    assertThat(reader.check(UnsafeArrayData.fromPrimitiveArray(new float[] {1, 2, 3})))
        .isEqualTo(BadRow.WRONG_LENGTH);
    assertThat(reader.check(UnsafeArrayData.fromPrimitiveArray(new float[0])))
        .isEqualTo(BadRow.WRONG_LENGTH);
    assertThat(reader.check(new GenericArrayData(new Object[] {1f, null})))
        .isEqualTo(BadRow.NULL_ELEMENT);
    UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(new float[] {1, 2});
    assertThat(reader.check(array)).isEqualTo(BadRow.NONE);
    array.setNullAt(1);
    assertThat(reader.check(array)).isEqualTo(BadRow.NULL_ELEMENT);
  }

  @Test
  void findsANullBehindTheFirstWordOfNullBits() {
    double[] values = new double[130];
    for (int i : new int[] {0, 63, 64, 129}) {
      UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(values);
      array.setNullAt(i);
      assertThat(Numbers.hasNull(array)).isTrue();
    }
    assertThat(Numbers.hasNull(UnsafeArrayData.fromPrimitiveArray(values))).isFalse();
  }

  /** Side by side from field 5 on, in rows of Spark's own format and any other. */
  @ParameterizedTest
  @EnumSource(
      value = NumberType.class,
      names = {"DOUBLE", "FLOAT"})
  void readsColumnsSideBySide(NumberType type) {
    for (int d : new int[] {1, 3, 59, 60, 130}) {
      ColumnsReader reader = new ColumnsReader(type, d);
      FeatureBuffer buffer = new FeatureBuffer();
      Object[] fields = new Object[5 + d + 1];
      double[] expected = new double[d];
      for (int j = 0; j < d; j++) {
        expected[j] = j - 0.5;
        fields[5 + j] = number(type, expected[j]);
      }
      // Fields before and behind the features are null, and do not matter.
      for (InternalRow row : List.of(new GenericInternalRow(fields), unsafe(type, fields))) {
        assertThat(reader.read(row, 5, buffer)).isEqualTo(BadRow.NONE);
        assertThat(buffer.isSparse()).isFalse();
        assertThat(buffer.doubles()).containsExactly(expected);
      }
      for (int j : new int[] {0, d / 2, d - 1}) {
        Object[] changed = fields.clone();
        for (var bad :
            List.of(
                Map.entry(INF, BadRow.INFINITE),
                Map.entry(-INF, BadRow.INFINITE),
                Map.entry(NAN, BadRow.NAN))) {
          changed[5 + j] = number(type, bad.getKey());
          assertThat(reader.read(unsafe(type, changed), 5, buffer)).isEqualTo(bad.getValue());
        }
        changed[5 + j] = null;
        assertThat(reader.read(unsafe(type, changed), 5, buffer)).isEqualTo(BadRow.NULL_ELEMENT);
        assertThat(reader.read(new GenericInternalRow(changed), 5, buffer))
            .isEqualTo(BadRow.NULL_ELEMENT);
      }
    }
  }

  private static Object number(NumberType type, double value) {
    return type == NumberType.FLOAT ? (Object) (float) value : (Object) value;
  }

  private static UnsafeRow unsafe(NumberType type, Object[] fields) {
    DataType[] types = new DataType[fields.length];
    Arrays.fill(types, type.sqlType());
    return UnsafeProjection.create(types).apply(new GenericInternalRow(fields)).copy();
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        Arguments.of(NumberType.DOUBLE, UnsafeArrayData.fromPrimitiveArray(new double[] {1, -2})),
        Arguments.of(NumberType.FLOAT, UnsafeArrayData.fromPrimitiveArray(new float[] {1, -2})),
        Arguments.of(NumberType.LONG, UnsafeArrayData.fromPrimitiveArray(new long[] {1, -2})),
        Arguments.of(NumberType.INT, UnsafeArrayData.fromPrimitiveArray(new int[] {1, -2})),
        Arguments.of(NumberType.DOUBLE, new GenericArrayData(new Object[] {1d, -2d})),
        Arguments.of(NumberType.FLOAT, new GenericArrayData(new Object[] {1f, -2f})),
        Arguments.of(NumberType.LONG, new GenericArrayData(new Object[] {1L, -2L})),
        Arguments.of(NumberType.INT, new GenericArrayData(new Object[] {1, -2})));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void readsArraysOfEachTypeInEachPrecision(
      NumberType type, org.apache.spark.sql.catalyst.util.ArrayData array) {
    Features features = new Features.ArrayColumn("a", type, 2);
    FeatureBuffer buffer = new FeatureBuffer();
    assertThat(RowReader.of(features, Precision.FLOAT).read(array, buffer)).isEqualTo(BadRow.NONE);
    assertThat(buffer.isSparse()).isFalse();
    assertThat(buffer.floats()).containsExactly(1f, -2f);
    assertThat(RowReader.of(features, Precision.DOUBLE).read(array, buffer)).isEqualTo(BadRow.NONE);
    assertThat(buffer.doubles()).containsExactly(1d, -2d);
  }

  @Test
  void readsSparseAndDenseAlike() {
    double[] values = {0, 0.1, -0.0, 1e-60, 5};
    Vector dense = Vectors.dense(values);
    SparseVector explicit = new SparseVector(5, new int[] {0, 1, 2, 3, 4}, values);
    FeatureBuffer buffer = new FeatureBuffer();
    Features features = new Features.VectorColumn("v", 5);
    RowReader floats = RowReader.of(features, Precision.FLOAT);
    assertThat(floats.read(new VectorUDT().serialize(explicit), buffer)).isEqualTo(BadRow.NONE);
    assertThat(buffer.isSparse()).isTrue();
    assertThat(Arrays.copyOf(buffer.sparse().ids(), buffer.sparse().size())).containsExactly(1, 4);
    assertThat(Arrays.copyOf(buffer.sparse().values(), buffer.sparse().size()))
        .containsExactly(0.1f, 5);
    assertThat(floats.read(new VectorUDT().serialize(dense), buffer)).isEqualTo(BadRow.NONE);
    assertThat(buffer.floats()).containsExactly(0, 0.1f, -0.0f, 0, 5);
    RowReader doubles = RowReader.of(features, Precision.DOUBLE);
    assertThat(doubles.read(new VectorUDT().serialize(explicit), buffer)).isEqualTo(BadRow.NONE);
    assertThat(Arrays.copyOf(buffer.sparse().ids(), buffer.sparse().size()))
        .containsExactly(1, 3, 4);
    assertThat(Arrays.copyOf(buffer.sparse().values(), buffer.sparse().size()))
        .containsExactly(0.1, 1e-60, 5);
  }

  @Test
  void forgetsThePreviousRow() {
    RowReader reader = RowReader.of(new Features.VectorColumn("v", 3), Precision.DOUBLE);
    FeatureBuffer buffer = new FeatureBuffer();
    reader.read(sparse(3, new int[] {0, 2}, 1, 2), buffer);
    reader.read(sparse(3, new int[] {1}, 7), buffer);
    assertThat(buffer.sparse().size()).isEqualTo(1);
    assertThat(buffer.sparse().values()[0]).isEqualTo(7);
  }

  @Test
  void readsTexts() {
    TextSpec spec = new TextSpec(TextUnit.WORDS, 1, 2, Weighting.COUNT, RowNorm.NONE);
    RowReader reader = RowReader.of(new Features.TextColumn("t", spec), Precision.FLOAT);
    FeatureBuffer buffer = new FeatureBuffer();
    assertThat(reader.read(null, buffer)).isEqualTo(BadRow.NULL);
    assertThat(reader.check(null)).isEqualTo(BadRow.NULL);
    assertThat(reader.read(UTF8String.fromString(""), buffer)).isEqualTo(BadRow.NONE);
    assertThat(buffer.sparse().size()).isZero();
    // A slice of a longer array, as a text lies inside a row.
    byte[] bytes = "xx grüne Äpfel yy".getBytes(StandardCharsets.UTF_8);
    UTF8String slice = UTF8String.fromBytes(bytes, 3, bytes.length - 6);
    assertThat(reader.read(slice, buffer)).isEqualTo(BadRow.NONE);
    assertSame(buffer.sparse(), new TextVectorizer(spec), "grüne Äpfel");
  }

  @Test
  void weighsTextsByFrequenciesThatTravel() throws Exception {
    TextSpec spec = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.TF_IDF, RowNorm.L2);
    DocumentFrequencyCounter counter = new DocumentFrequencyCounter();
    TextVectorizer counts = new TextVectorizer(spec.counts());
    SparseRow row = new SparseRow();
    for (String text : List.of("red apple", "green apple", "red rose")) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      counts.vectorize(utf8, 0, utf8.length, row);
      counter.add(row);
    }
    DocumentFrequencies frequencies = counter.freeze();
    Broadcast<FrequencyTable> sent =
        JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext())
            .broadcast(copy(new FrequencyTable(frequencies)));
    RowReader reader =
        copy(RowReader.of(new Features.TextColumn("t", spec), Precision.DOUBLE, Optional.of(sent)));
    FeatureBuffer buffer = new FeatureBuffer();
    assertThat(reader.read(UTF8String.fromString("green rose red"), buffer)).isEqualTo(BadRow.NONE);
    assertSame(buffer.sparse(), new TextVectorizer(spec, frequencies), "green rose red");
    sent.destroy();
  }

  private static void assertSame(SparseRow found, TextVectorizer vectorizer, String text) {
    SparseRow expected = new SparseRow();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    vectorizer.vectorize(utf8, 0, utf8.length, expected);
    assertThat(expected.size()).isPositive();
    assertThat(Arrays.copyOf(found.ids(), found.size()))
        .isEqualTo(Arrays.copyOf(expected.ids(), expected.size()));
    assertThat(Arrays.copyOf(found.values(), found.size()))
        .isEqualTo(Arrays.copyOf(expected.values(), expected.size()));
  }

  /** What arrives at an executor. */
  @SuppressWarnings("unchecked")
  private static <T> T copy(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  private static InternalRow dense(double... values) {
    return new VectorUDT().serialize(Vectors.dense(values));
  }

  private static InternalRow sparse(int size, int[] indices, double... values) {
    return new VectorUDT().serialize(new SparseVector(size, indices, values));
  }

  /** A sparse vector that Spark itself would refuse to make, as a foreign file may hold it. */
  private static InternalRow stored(int size, int[] indices, double... values) {
    return new GenericInternalRow(
        new Object[] {
          (byte) 0,
          size,
          UnsafeArrayData.fromPrimitiveArray(indices),
          UnsafeArrayData.fromPrimitiveArray(values)
        });
  }
}
