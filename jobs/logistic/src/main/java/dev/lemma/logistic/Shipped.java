// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What is broadcast to the tasks. With {@code spark.serializer} = Kryo it travels as Java
 * serialises it all the same: Kryo knows neither records nor the unmodifiable lists of the JDK.
 *
 * @param <T> what it holds
 */
@DefaultSerializer(JavaSerializer.class)
final class Shipped<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** It. */
  final T value;

  Shipped(T value) {
    this.value = value;
  }
}
