// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.features.FeatureMap;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Packs a row, and its random features where they are wanted, into bytes, so that sampled rows
 * reach the driver without boxes: the number of non-zero values, positions, values, then the k
 * features as the output has them. 12 bytes for each non-zero value and 4 k or 8 k.
 */
public final class SampledFeatures implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureSpec spec;
  private final Precision precision;
  private final RowReader reader;
  private transient FeatureMap map;
  private transient FeatureBuffer buffer;

  /** Packs rows, with their features if there is a specification. */
  SampledFeatures(Optional<FeatureSpec> spec, Precision precision, RowReader reader) {
    this.spec = spec.orElse(null);
    this.precision = precision;
    this.reader = reader;
  }

  /** Bytes of a row with so many non-zero values and features. */
  static long rowBytes(double nonzeros, int k, Precision precision) {
    int width = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    return 4 + 12 * (long) Math.ceil(nonzeros) + (long) width * k;
  }

  /** The bytes of a row whose features are finite, null for any other. */
  public synchronized Object pack(Object value) {
    if (buffer == null) {
      buffer = new FeatureBuffer();
      map = spec == null ? null : FeatureMap.of(spec);
    }
    if (reader.read(value, buffer) != BadRow.NONE) {
      return null;
    }
    SparseRow row = buffer.nonzeros(precision);
    int k = spec == null ? 0 : spec.k();
    ByteBuffer bytes = ByteBuffer.allocate((int) rowBytes(row.size(), k, precision));
    bytes.putInt(row.size());
    for (int e = 0; e < row.size(); e++) {
      bytes.putInt((int) row.ids()[e]);
      bytes.putDouble(row.values()[e]);
    }
    if (map == null) {
      return bytes.array();
    }
    return precision == Precision.FLOAT ? withFloats(row, bytes) : withDoubles(row, bytes);
  }

  private byte[] withFloats(SparseRow row, ByteBuffer bytes) {
    float[] out = new float[spec.k()];
    map.map(row, out);
    for (float v : out) {
      if (!Float.isFinite(v)) {
        return null;
      }
      bytes.putFloat(v);
    }
    return bytes.array();
  }

  private byte[] withDoubles(SparseRow row, ByteBuffer bytes) {
    double[] out = new double[spec.k()];
    map.map(row, out);
    for (double v : out) {
      if (!Double.isFinite(v)) {
        return null;
      }
      bytes.putDouble(v);
    }
    return bytes.array();
  }

  /** Unpacks {@link #pack}'s bytes: fills the row, returns the features, widened. */
  static double[] unpack(byte[] packed, Precision precision, SparseRow row) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    row.clear();
    for (int left = bytes.getInt(); left > 0; left--) {
      row.append(bytes.getInt(), bytes.getDouble());
    }
    if (precision == Precision.DOUBLE) {
      double[] features = new double[bytes.remaining() / Double.BYTES];
      bytes.asDoubleBuffer().get(features);
      return features;
    }
    double[] features = new double[bytes.remaining() / Float.BYTES];
    for (int i = 0; i < features.length; i++) {
      features[i] = bytes.getFloat();
    }
    return features;
  }
}
