// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.Entropy;
import dev.lemma.math.function.EntropyNormalization;
import dev.lemma.math.function.EntropyNormalization.Outcome;
import dev.lemma.math.function.EntropyNormalizer;
import dev.lemma.math.function.LogSumExp;
import dev.lemma.math.function.TaylorSoftmax;
import dev.lemma.math.function.TemperedSoftmax;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * What Spark's generated code calls for functions of arrays; public for that alone. An array with a
 * null in it gives null.
 */
public final class ArrayCalls {
  private static final byte DENSE = 1;

  /** By half the order; two threads that make the same one do no harm. */
  private static final AtomicReferenceArray<TaylorSoftmax> PLAIN =
      new AtomicReferenceArray<>(TaylorSoftmax.MAX_ORDER / 2 + 1);

  private static final AtomicReferenceArray<TaylorSoftmax> MONOTONE =
      new AtomicReferenceArray<>(TaylorSoftmax.MAX_ORDER / 2 + 1);

  private ArrayCalls() {}

  /** The entries of a vector of Spark ML as it is stored. */
  public static ArrayData ofVector(InternalRow vector) {
    ArrayData values = vector.getArray(3);
    if (vector.getByte(0) == DENSE) {
      return values;
    }
    int size = vector.getInt(1);
    double[] all = new double[size];
    ArrayData indices = vector.getArray(2);
    for (int i = 0; i < values.numElements(); i++) {
      all[Objects.checkIndex(indices.getInt(i), size)] = values.getDouble(i);
    }
    return UnsafeArrayData.fromPrimitiveArray(all);
  }

  /** Softmax. */
  public static ArrayData softmax(ArrayData scores) {
    return softmax(scores, 1);
  }

  /** Softmax at a temperature. */
  public static ArrayData softmax(ArrayData scores, double temperature) {
    double[] x = doubles(scores);
    if (x == null) {
      return null;
    }
    TemperedSoftmax.inPlace(x, temperature);
    return array(x);
  }

  /** Taylor softmax. */
  public static ArrayData taylorSoftmax(ArrayData scores, int order) {
    double[] x = doubles(scores);
    return x == null ? null : array(plain(order).probabilities(x));
  }

  /** Its monotone form. */
  public static ArrayData monotoneTaylorSoftmax(ArrayData scores, int order) {
    double[] x = doubles(scores);
    return x == null ? null : array(monotone(order).probabilities(x));
  }

  /** Log-sum-exp. */
  public static Double logSumExp(ArrayData values) {
    double[] x = doubles(values);
    return x == null ? null : Double.valueOf(LogSumExp.of(x));
  }

  /** Log-sum-exp at a temperature. */
  public static Double logSumExp(ArrayData values, double temperature) {
    double[] x = doubles(values);
    return x == null
        ? null
        : Double.valueOf(temperature == 1 ? LogSumExp.of(x) : LogSumExp.tempered(x, temperature));
  }

  /** Shannon's entropy. */
  public static Double entropy(ArrayData weights) {
    double[] p = doubles(weights);
    return p == null ? null : Double.valueOf(Entropy.of(p));
  }

  /** Renyi's entropy. */
  public static Double renyiEntropy(ArrayData weights, double order) {
    double[] p = doubles(weights);
    return p == null ? null : Double.valueOf(Entropy.renyi(p, order));
  }

  /** The power that has this entropy; null if none has. */
  public static ArrayData entropyNormalize(ArrayData weights, double entropy) {
    double[] p = doubles(weights);
    if (p == null) {
      return null;
    }
    EntropyNormalization found = EntropyNormalizer.normalize(p, entropy);
    return found.outcome() == Outcome.REACHED ? array(found.probabilities()) : null;
  }

  /** The exponent of that power; null if none has it. */
  public static Double entropyExponent(ArrayData weights, double entropy) {
    double[] p = doubles(weights);
    if (p == null) {
      return null;
    }
    EntropyNormalization found = EntropyNormalizer.normalize(p, entropy);
    return found.outcome() == Outcome.REACHED ? Double.valueOf(found.exponent()) : null;
  }

  private static TaylorSoftmax plain(int order) {
    TaylorSoftmax known = isOrder(order) ? PLAIN.get(order / 2) : null;
    if (known == null) {
      known = TaylorSoftmax.of(order);
      PLAIN.set(order / 2, known);
    }
    return known;
  }

  private static TaylorSoftmax monotone(int order) {
    TaylorSoftmax known = isOrder(order) ? MONOTONE.get(order / 2) : null;
    if (known == null) {
      known = TaylorSoftmax.monotone(order);
      MONOTONE.set(order / 2, known);
    }
    return known;
  }

  private static boolean isOrder(int order) {
    return order >= 2 && order <= TaylorSoftmax.MAX_ORDER && order % 2 == 0;
  }

  /** ln n above the largest: the upper bound of log-sum-exp. */
  public static Double logSumExpUpperBound(ArrayData values) {
    double[] x = doubles(values);
    return x == null ? null : Double.valueOf(LogSumExp.upperBound(x));
  }

  /** ln n above the mean: Jensen's lower bound. */
  public static Double logSumExpMeanBound(ArrayData values) {
    double[] x = doubles(values);
    return x == null ? null : Double.valueOf(LogSumExp.meanBound(x));
  }

  /** The entropy of weights above their mean of the values: the lower bound by any weights. */
  public static Double logSumExpEntropyBound(ArrayData values, ArrayData weights, double order) {
    double[] x = doubles(values);
    double[] p = doubles(weights);
    return x == null || p == null ? null : Double.valueOf(LogSumExp.renyiBound(x, p, order));
  }

  /** Null if an element is: Spark itself would read it as 0. */
  private static double[] doubles(ArrayData array) {
    return hasNull(array) ? null : array.toDoubleArray();
  }

  private static boolean hasNull(ArrayData array) {
    int n = array.numElements();
    if (array instanceof UnsafeArrayData unsafe) {
      // A count, then a bit for each element in whole words: 64 elements are asked at once.
      long end = unsafe.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(n);
      for (long at = unsafe.getBaseOffset() + Long.BYTES; at < end; at += Long.BYTES) {
        if (Platform.getLong(unsafe.getBaseObject(), at) != 0) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (array.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  private static ArrayData array(double[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }
}
