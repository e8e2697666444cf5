// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Some draws of some neighbouring parameters on their way to the task that summarises them.
 *
 * <p>A record, which Kryo does not know: it travels as Java serialises it whatever {@code
 * spark.serializer} is.
 *
 * @param firstColumn number of the first parameter
 * @param columns number of parameters
 * @param chains chain of each row
 * @param iterations iteration of each row
 * @param values columns x rows, column after column
 */
@DefaultSerializer(JavaSerializer.class)
record DrawBlock(int firstColumn, int columns, long[] chains, long[] iterations, double[] values)
    implements Serializable {
  int rows() {
    return chains.length;
  }
}
