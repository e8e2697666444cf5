// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A configuration with every kind of key, for tests. */
record SampleConfig(
    @Key(doc = "Input") InputConfig input,
    @Key(doc = "Columns") ColumnsConfig columns,
    @Key(doc = "Output", fallback = "{ mode = overwrite }") OutputConfig output,
    @Inline Target target,
    @Inline("precision = float") RunConfig run,
    @Key(doc = "Law of the entries", fallback = "sign") Law family,
    @Key(doc = "Target dimension", fallback = "auto", type = "auto | N") Dimension k,
    @Key(doc = "Most time to take") Optional<Duration> timeBudget,
    @Key(doc = "Threads") OptionalInt threads,
    @Key(doc = "Steps", fallback = "[1, 2]") List<Integer> steps,
    @Key(doc = "Who asks", effect = Effect.OPERATION) Optional<Login> login)
    implements Checked {
  enum Law {
    SIGN,
    SPARSE_SIGN,
    HADAMARD
  }

  record Login(@Key(doc = "User") String user, @Key(doc = "Password of the user") String password) {
    Login {
      if (password.length() < 4) {
        throw new IllegalArgumentException("password must have 4 letters, found " + password);
      }
    }
  }

  record Target(
      @Key(doc = "Number of rows") long rows,
      @Key(doc = "Largest relative error", fallback = "0.2") double eps,
      @Key(doc = "Failure probability", fallback = "0.01") double delta)
      implements Checked {
    Target {
      if (!(eps > 0 && eps < 1)) {
        throw new IllegalArgumentException("eps must lie in (0, 1), found " + eps);
      }
      if (!(delta > 0 && delta < 1)) {
        throw new IllegalArgumentException("delta must lie in (0, 1), found " + delta);
      }
      if (rows < 2) {
        throw new IllegalArgumentException("rows must be at least 2, found " + rows);
      }
    }

    @Override
    public void check(Findings findings) {
      if (rows * delta < 1e-3) {
        findings.add("delta", "is too small for so few rows", "raise delta");
      }
    }
  }

  record Dimension(int value) {
    /** Zero stands for auto. */
    public static Dimension parse(String text) {
      if (text.equals("auto")) {
        return new Dimension(0);
      }
      if (!text.matches("[1-9][0-9]{0,8}")) {
        throw new IllegalArgumentException("expected auto or an integer from 1");
      }
      return new Dimension(Integer.parseInt(text));
    }
  }

  @Override
  public void check(Findings findings) {
    if (k.value() > target.rows()) {
      findings.add("k", "is larger than rows = " + target.rows(), "lower k or set k = auto");
    }
  }
}
