// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.lowrank.PassPlan;
import java.io.Serializable;

/** A plan on its way to the tasks; Kryo knows no records. */
@DefaultSerializer(JavaSerializer.class)
final class ShippedPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  final PassPlan plan;

  ShippedPlan(PassPlan plan) {
    this.plan = plan;
  }
}
