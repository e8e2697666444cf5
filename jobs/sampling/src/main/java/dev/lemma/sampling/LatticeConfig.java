// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.sampling.lattice.BetaLaw;
import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.IsingModel;
import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.PottsModel;
import dev.lemma.math.sampling.lattice.SpinModel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code lattice}.
 *
 * @param model which energy
 * @param states q of the Potts model
 * @param coupling J
 * @param field h of the Ising model
 * @param height rows of the lattice
 * @param width columns of the lattice
 * @param input bonds of a graph instead of a lattice
 * @param bonds which columns hold them
 * @param beta inverse temperature
 * @param annealing a temperature that falls instead
 * @param start where replicas begin
 * @param replicas number of independent chains
 * @param warmup sweeps that are not counted
 * @param sweeps sweeps that are
 * @param strips pieces that a lattice is cut into
 * @param sweepsPerShuffle sweeps between two exchanges of rows
 * @param resume what is done with a checkpoint
 * @param checkpointEvery time between checkpoints
 * @param timeBudget most time that the run may take
 * @param output where the draws go
 * @param run what all jobs have
 */
public record LatticeConfig(
    @Key(
            doc =
                "ising: E = -coupling (sum over bonds of s s') - field (sum of s), s = -1 or 1;"
                    + " potts: E = -coupling (bonds between equal states)",
            fallback = "ising")
        Model model,
    @Key(doc = "Number of states of a Potts spin, 2 to 16; the model potts needs it")
        OptionalInt states,
    @Key(doc = "What a bond is worth; negative: neighbours repel", fallback = "1.0")
        double coupling,
    @Key(doc = "Field on every site, of the model ising", fallback = "0.0") double field,
    @Key(doc = "Rows of a periodic square lattice, even, at least 4") OptionalInt height,
    @Key(doc = "Its columns, even, at least 4; unset: as many as rows") OptionalInt width,
    @Key(doc = "Bonds between any sites, a row each, instead of a lattice")
        Optional<InputConfig> input,
    @Key(doc = "Which columns of the input hold the ends of a bond") BondColumns bonds,
    @Key(
            doc =
                "Inverse temperature; unset: where the infinite square lattice orders,"
                    + " ln(1 + sqrt 2) / (2 |coupling|) or, of Potts, ln(1 + sqrt states) / |coupling|")
        OptionalDouble beta,
    @Key(doc = "A temperature that falls, in search of the lowest energy")
        AnnealingConfig annealing,
    @Key(
            doc =
                "cold: all sites in the last state; random: each site by itself; mixed: cold and"
                    + " random replicas in turn",
            fallback = "cold")
        Start start,
    @Key(doc = "Independent replicas, the chains of the output", fallback = "4") int replicas,
    @Key(
            doc =
                "Sweeps of each replica before the first that counts; unset: 1000, and none when"
                    + " annealing")
        OptionalLong warmup,
    @Key(doc = "Sweeps of each replica that count, one row of the output each", fallback = "10000")
        long sweeps,
    @Key(
            doc =
                "Strips of rows that a lattice is cut into, a task each; unset: as many as are"
                    + " worth their exchanges. Changes no draw",
            effect = Effect.OPERATION)
        OptionalInt strips,
    @Key(
            doc =
                "Sweeps between two exchanges of rows; unset: chosen with the strips. Changes no"
                    + " draw",
            effect = Effect.OPERATION)
        OptionalInt sweepsPerShuffle,
    @Key(
            doc =
                "What to do with a checkpoint: auto (go on from it if there is one), never,"
                    + " required",
            fallback = "auto",
            effect = Effect.OPERATION)
        Resume resume,
    @Key(doc = "Time between checkpoints", fallback = "1m", effect = Effect.OPERATION)
        Duration checkpointEvery,
    @Key(
            doc = "Time after which the run stops with code 6, to be resumed; unset: none",
            effect = Effect.OPERATION)
        Optional<Duration> timeBudget,
    @Key(doc = "Where the draws go") OutputConfig output,
    @Inline RunConfig run)
    implements Checked {
  /** Most sweeps times replicas: the driver keeps two numbers of each. */
  static final long MOST_DRAWS = 20_000_000;

  /** Most sites times replicas, a byte each over the executors. */
  static final long MOST_SITES = 1L << 38;

  /** Most replicas. */
  static final int MOST_REPLICAS = 10_000;

  private static final long USUAL_WARMUP = 1000;

  /** Which energy. */
  public enum Model {
    /** Two states, with a field. */
    ISING,
    /** Any number of states. */
    POTTS
  }

  /** Where replicas begin. */
  public enum Start {
    /** All sites in the last state: up, in the Ising model. */
    COLD,
    /** Every site by itself, all states alike. */
    RANDOM,
    /** The first replica cold, the second random, and so on. */
    MIXED
  }

  /** Checks the range of each component. */
  public LatticeConfig {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(annealing, "annealing");
    states.ifPresent(q -> new PottsModel(q, 1));
    if (!Double.isFinite(coupling) || !Double.isFinite(field)) {
      throw new IllegalArgumentException(
          "coupling and field must be finite, found " + coupling + " and " + field);
    }
    height.ifPresent(rows -> side("height", rows));
    width.ifPresent(columns -> side("width", columns));
    if (beta.isPresent() && !(beta.getAsDouble() >= 0 && Double.isFinite(beta.getAsDouble()))) {
      throw new IllegalArgumentException(
          "beta must be finite and at least 0, found " + beta.getAsDouble());
    }
    between("replicas", replicas, 1, MOST_REPLICAS);
    warmup.ifPresent(count -> between("warmup", count, 0, 1L << 40));
    between("sweeps", sweeps, 1, MOST_DRAWS);
    if (checkpointEvery.isNegative()) {
      throw new IllegalArgumentException(
          "checkpoint-every must not be negative, found " + checkpointEvery);
    }
    if (timeBudget.isPresent() && (timeBudget.get().isNegative() || timeBudget.get().isZero())) {
      throw new IllegalArgumentException("time-budget must be positive, found " + timeBudget.get());
    }
    strips.ifPresent(count -> between("strips", count, 1, LatticeSize.LARGEST));
    sweepsPerShuffle.ifPresent(count -> between("sweeps-per-shuffle", count, 1, 1 << 20));
  }

  private static void between(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          key + " must lie between " + low + " and " + high + ", found " + value);
    }
  }

  private static void side(String key, int sites) {
    if (sites < 4 || sites > LatticeSize.LARGEST || sites % 2 != 0) {
      throw new IllegalArgumentException(
          key + " must be even and lie between 4 and " + LatticeSize.LARGEST + ", found " + sites);
    }
  }

  @Override
  public void check(Findings findings) {
    checkModel(findings);
    checkPlace(findings);
    checkSchedule(findings);
    if (sweeps * replicas > MOST_DRAWS) {
      findings.add(
          "sweeps",
          "the driver keeps " + MOST_DRAWS + " draws at most, and these make " + sweeps * replicas,
          "take fewer sweeps or replicas");
    }
    if (run.onBadRow() == BadRows.QUARANTINE) {
      findings.add(
          "on-bad-row", "bonds that cannot be used are not kept apart", "set fail or skip");
    }
  }

  private void checkModel(Findings findings) {
    if (model == Model.POTTS && states.isEmpty()) {
      findings.add("states", "a Potts spin needs a number of states", "set states");
    }
    if (model == Model.ISING && states.orElse(2) != 2) {
      findings.add(
          "states", "an Ising spin has 2 states", "set model = potts, or leave states out");
    }
    if (model == Model.POTTS && field != 0) {
      findings.add("field", "the Potts model has no field here", "leave field out");
    }
  }

  private void checkPlace(Findings findings) {
    if (height.isPresent() == input.isPresent()) {
      findings.add(
          height.isPresent() ? "input" : "height",
          height.isPresent()
              ? "both a lattice and bonds of a graph are given"
              : "there is neither a lattice nor a graph",
          height.isPresent() ? "keep height or input" : "set height, or input");
      return;
    }
    if (input.isPresent()) {
      if (width.isPresent()) {
        findings.add("width", "a graph has no width", "leave width out");
      }
      if (strips.isPresent()) {
        findings.add("strips", "a graph is not cut", "leave strips out");
      }
      if (beta.isEmpty() && !annealing.isOn()) {
        findings.add("beta", "of a graph no critical temperature is known", "set beta");
      }
      return;
    }
    LatticeSize size = size();
    if (size.sites() > MOST_SITES / replicas) {
      findings.add(
          "height",
          size.sites() + " sites of " + replicas + " replicas are more than " + MOST_SITES,
          "take a smaller lattice or fewer replicas");
    } else if (strips.orElse(1) > size.rows()) {
      findings.add("strips", "there are only " + size.rows() + " rows", "take fewer strips");
    } else if (strips.orElse(1) > 1
        && 2L * sweepsPerShuffle.orElse(1) > size.rows() / strips.getAsInt()) {
      findings.add(
          "strips",
          "an exchange takes two rows a sweep from the next strip, which has but "
              + size.rows() / strips.getAsInt(),
          "take fewer strips, or fewer sweeps-per-shuffle");
    }
  }

  private void checkSchedule(Findings findings) {
    if (!annealing.isOn()) {
      if (beta.isEmpty() && coupling == 0) {
        findings.add("beta", "without coupling there is no critical temperature", "set beta");
      }
      if (beta.isEmpty() && model == Model.POTTS && coupling < 0) {
        findings.add(
            "beta", "of Potts spins that repel no critical temperature is known", "set beta");
      }
      if (annealing.cycles() != 1) {
        findings.add("annealing.cycles", "there is no annealing", "set annealing.law");
      }
      return;
    }
    if (beta.isPresent()) {
      findings.add("beta", "annealing has temperatures of its own", "leave beta out");
    }
    if (warmup.orElse(0) != 0) {
      findings.add("warmup", "annealing counts from the first sweep", "leave warmup out");
    }
    if (annealing.law() == BetaLaw.GEOMETRIC && annealing.from() * annealing.to() == 0) {
      findings.add(
          "annealing.from", "ratios need inverse temperatures above 0", "raise it, or take linear");
    }
    if (sweeps % annealing.cycles() != 0) {
      findings.add(
          "annealing.cycles",
          annealing.cycles() + " cycles do not divide " + sweeps + " sweeps",
          "choose a divisor");
    }
  }

  /** The lattice. */
  LatticeSize size() {
    int rows = height.orElseThrow(() -> new IllegalStateException("a graph is no lattice"));
    return new LatticeSize(rows, width.orElse(rows));
  }

  /** The energy. */
  SpinModel spinModel() {
    return model == Model.ISING
        ? new IsingModel(coupling, field)
        : new PottsModel(states.orElseThrow(), coupling);
  }

  /** The inverse temperature of each sweep, warm-up included. */
  BetaSchedule schedule() {
    if (annealing.isOn()) {
      return new BetaSchedule(
          annealing.law(), annealing.from(), annealing.to(), sweeps / annealing.cycles());
    }
    double critical =
        model == Model.ISING ? IsingModel.CRITICAL : PottsModel.critical(states.orElse(2));
    return BetaSchedule.constant(beta.orElse(critical / Math.abs(coupling)));
  }

  /** Sweeps before the first that counts. */
  long warmupSweeps() {
    return warmup.orElse(annealing.isOn() ? 0 : USUAL_WARMUP);
  }

  /** Whether a replica, counted from 0, begins with all sites alike. */
  boolean isCold(int replica) {
    return start == Start.COLD || start == Start.MIXED && replica % 2 == 0;
  }
}
