// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.LogSumExpSum;
import dev.lemma.math.function.SoftmaxEntropySum;
import java.nio.ByteBuffer;

/** The state of an aggregate: numbers added one by one and parts merged, in any order. */
sealed interface MergedSum {
  /** Which sum. */
  enum Kind {
    /** Log-sum-exp. */
    LOG_SUM_EXP,
    /** Entropy of the softmax. */
    SOFTMAX_ENTROPY;

    MergedSum empty() {
      return switch (this) {
        case LOG_SUM_EXP -> new OfLogSumExp(new LogSumExpSum());
        case SOFTMAX_ENTROPY -> new OfSoftmaxEntropy(new SoftmaxEntropySum());
      };
    }

    MergedSum read(byte[] bytes) {
      long[] state = new long[bytes.length / Long.BYTES];
      ByteBuffer.wrap(bytes).asLongBuffer().get(state);
      return switch (this) {
        case LOG_SUM_EXP -> new OfLogSumExp(LogSumExpSum.of(state));
        case SOFTMAX_ENTROPY -> new OfSoftmaxEntropy(SoftmaxEntropySum.of(state));
      };
    }
  }

  void add(double x);

  /** Adds another sum of the same kind. */
  void merge(MergedSum other);

  double value();

  /** Whether nothing was added. */
  boolean isEmpty();

  long[] toLongs();

  default byte[] toBytes() {
    long[] state = toLongs();
    ByteBuffer bytes = ByteBuffer.allocate(state.length * Long.BYTES);
    bytes.asLongBuffer().put(state);
    return bytes.array();
  }

  /** Log-sum-exp. */
  record OfLogSumExp(LogSumExpSum sum) implements MergedSum {
    @Override
    public void add(double x) {
      sum.add(x);
    }

    @Override
    public void merge(MergedSum other) {
      sum.merge(((OfLogSumExp) other).sum);
    }

    @Override
    public double value() {
      return sum.value();
    }

    @Override
    public boolean isEmpty() {
      return sum.count() == 0;
    }

    @Override
    public long[] toLongs() {
      return sum.toLongs();
    }
  }

  /** Entropy of the softmax. */
  record OfSoftmaxEntropy(SoftmaxEntropySum sum) implements MergedSum {
    @Override
    public void add(double x) {
      sum.add(x);
    }

    @Override
    public void merge(MergedSum other) {
      sum.merge(((OfSoftmaxEntropy) other).sum);
    }

    @Override
    public double value() {
      return sum.value();
    }

    @Override
    public boolean isEmpty() {
      return sum.count() == 0;
    }

    @Override
    public long[] toLongs() {
      return sum.toLongs();
    }
  }
}
