// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The tables that maps of one specification share in this JVM. It remembers the four that were
 * asked for last, softly: memory that runs short takes back whatever no projection holds.
 *
 * <p>A table of columns counts 12 bytes an entry (both precisions), one of packed signs a bit, and
 * is shared where that makes at most an eighth of the largest heap; so all four make at most a
 * half. An orthonormal matrix exists only as a table and is remembered whatever its size.
 */
public final class SharedTables {
  private static final int REMEMBERED = 4;
  private static final long ENTRY_BYTES = Float.BYTES + Double.BYTES;
  private static final long COLUMN_BYTES = 40;

  private static final Map<Key, SoftReference<?>> TABLES = new LinkedHashMap<>(8, 0.75f, true);

  private SharedTables() {}

  /** Whether all columns of a k x d matrix fit. */
  static boolean fits(long d, int k) {
    double bytes = (double) d * ((double) k * ENTRY_BYTES + COLUMN_BYTES);
    return d <= Integer.MAX_VALUE && bytes <= Runtime.getRuntime().maxMemory() / 8.0;
  }

  /** The table of a kind and a specification; made, empty and cheap, if it is not remembered. */
  public static <T> T get(Class<T> kind, Record spec, Supplier<T> empty) {
    Key key = new Key(kind, spec);
    synchronized (TABLES) {
      SoftReference<?> reference = TABLES.get(key);
      T table = reference == null ? null : kind.cast(reference.get());
      if (table == null) {
        table = empty.get();
        TABLES.put(key, new SoftReference<>(table));
        if (TABLES.size() > REMEMBERED) {
          TABLES.remove(TABLES.keySet().iterator().next());
        }
      }
      return table;
    }
  }

  private record Key(Class<?> kind, Record spec) {}
}
