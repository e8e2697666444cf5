// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.Features;
import dev.lemma.math.text.XxHash64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.StructType;

/** What the features of an input are called, one name for each of d. */
final class FeatureNames {
  private FeatureNames() {}

  /**
   * The names: of numeric columns theirs; of a vector those that ML stages left in its metadata;
   * where there are none, and for arrays, {@code column[0]}, {@code column[1]}, ...
   */
  static List<String> of(Features features, StructType schema) {
    int d = Math.toIntExact(features.dimension().orElseThrow());
    if (features instanceof Features.NumericColumns columns) {
      return columns.columns();
    }
    String column = features.columns().get(0);
    Attribute[] attributes =
        features instanceof Features.VectorColumn
            ? attributes(AttributeGroup.fromStructField(schema.apply(column)), d)
            : new Attribute[0];
    return IntStream.range(0, d)
        .mapToObj(
            j ->
                j < attributes.length && attributes[j].name().isDefined()
                    ? attributes[j].name().get()
                    : column + "[" + j + "]")
        .toList();
  }

  private static Attribute[] attributes(AttributeGroup group, int d) {
    return group.attributes().isDefined() && group.attributes().get().length == d
        ? group.attributes().get()
        : new Attribute[0];
  }

  /**
   * The one column that these features are in, where their names tell: {@code column[0]}, {@code
   * column[1]}, ... as {@link #of} calls features without names.
   */
  static Optional<String> column(List<String> names) {
    String first = names.isEmpty() ? "" : names.get(0);
    if (!first.endsWith("[0]")) {
      return Optional.empty();
    }
    String column = first.substring(0, first.length() - "[0]".length());
    boolean isOne =
        IntStream.range(0, names.size()).allMatch(j -> names.get(j).equals(column + "[" + j + "]"));
    return isOne ? Optional.of(column) : Optional.empty();
  }

  /** A hash of the names and their order, as 16 hexadecimal digits. */
  static String hash(List<String> names) {
    byte[][] texts =
        names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int length = 0;
    for (byte[] text : texts) {
      length = Math.addExact(length, Integer.BYTES + text.length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] text : texts) {
      // With its length in front, so that "ab", "c" is not "a", "bc".
      bytes.putInt(text.length).put(text);
    }
    return String.format("%016x", XxHash64.hash(bytes.array(), 0, length, 0));
  }
}
