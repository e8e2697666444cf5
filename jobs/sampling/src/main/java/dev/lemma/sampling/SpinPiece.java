// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A stretch of a part that was cut in another way.
 *
 * @param offset where it begins within the part
 * @param states a byte a site
 */
@DefaultSerializer(JavaSerializer.class)
record SpinPiece(int offset, byte[] states) implements Serializable {}
