// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Projection;
import java.nio.ByteBuffer;

/** A block of packed rows (n x d) and their projections (n x k), in one precision. */
abstract class PackedBlock {
  private int rows;

  static PackedBlock of(Precision precision, Projection projection, Gemm gemm, int capacity) {
    return switch (precision) {
      case FLOAT -> new Floats(projection, gemm, capacity);
      case DOUBLE -> new Doubles(projection, gemm, capacity);
    };
  }

  /** Forgets all rows. */
  final void clear() {
    rows = 0;
  }

  /** Adds a packed row. */
  final void add(byte[] packed) {
    put(ByteBuffer.wrap(packed), rows++);
  }

  /** Projects all rows. */
  final void project() {
    if (rows > 0) {
      multiply(rows);
    }
  }

  /** The packed projection of the i-th row. */
  abstract byte[] projected(int i);

  abstract void put(ByteBuffer packed, int row);

  abstract void multiply(int n);

  private static final class Floats extends PackedBlock {
    private final Projection projection;
    private final Gemm gemm;
    private final int d;
    private final int k;
    private final float[] in;
    private final float[] out;

    Floats(Projection projection, Gemm gemm, int capacity) {
      this.projection = projection;
      this.gemm = gemm;
      d = Math.toIntExact(projection.spec().d().getAsLong());
      k = projection.spec().k();
      in = new float[capacity * d];
      out = new float[capacity * k];
    }

    @Override
    void put(ByteBuffer packed, int row) {
      packed.asFloatBuffer().get(in, row * d, d);
    }

    @Override
    void multiply(int n) {
      projection.projectRowsFast(in, n, out, gemm);
    }

    @Override
    byte[] projected(int i) {
      ByteBuffer bytes = ByteBuffer.allocate(k * Float.BYTES);
      bytes.asFloatBuffer().put(out, i * k, k);
      return bytes.array();
    }
  }

  private static final class Doubles extends PackedBlock {
    private final Projection projection;
    private final Gemm gemm;
    private final int d;
    private final int k;
    private final double[] in;
    private final double[] out;

    Doubles(Projection projection, Gemm gemm, int capacity) {
      this.projection = projection;
      this.gemm = gemm;
      d = Math.toIntExact(projection.spec().d().getAsLong());
      k = projection.spec().k();
      in = new double[capacity * d];
      out = new double[capacity * k];
    }

    @Override
    void put(ByteBuffer packed, int row) {
      packed.asDoubleBuffer().get(in, row * d, d);
    }

    @Override
    void multiply(int n) {
      projection.projectRowsFast(in, n, out, gemm);
    }

    @Override
    byte[] projected(int i) {
      ByteBuffer bytes = ByteBuffer.allocate(k * Double.BYTES);
      bytes.asDoubleBuffer().put(out, i * k, k);
      return bytes.array();
    }
  }
}
