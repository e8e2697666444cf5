// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The spins of one replica, or of one strip of it, between two rounds.
 *
 * @param replica counted from 0
 * @param strip counted from 0
 * @param states a byte a site, as the kernel lays them out
 * @param totals what the round's sweeps counted, as the kernel counts; empty at the start
 */
@DefaultSerializer(JavaSerializer.class)
record SpinPart(int replica, int strip, byte[] states, long[] totals) implements Serializable {}
