// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.ChainState;
import dev.lemma.math.sampling.Ensemble;
import dev.lemma.math.sampling.RandomWalkState;
import dev.lemma.math.sampling.SamplerState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How the state of a sampler is stored. */
interface StateForm<S extends SamplerState> {
  void write(DataOutputStream out, S state) throws IOException;

  S read(DataInputStream in) throws IOException;

  /** Of samplers that learn nothing. */
  StateForm<ChainState> PLAIN =
      new StateForm<>() {
        @Override
        public void write(DataOutputStream out, ChainState state) throws IOException {
          StateForm.write(out, state.ensemble());
        }

        @Override
        public ChainState read(DataInputStream in) throws IOException {
          return new ChainState(StateForm.readEnsemble(in));
        }
      };

  /** Of random walks, with what they have learnt. */
  StateForm<RandomWalkState> RANDOM_WALK =
      new StateForm<>() {
        @Override
        public void write(DataOutputStream out, RandomWalkState state) throws IOException {
          StateForm.write(out, state.ensemble());
          out.writeLong(state.adaptations());
          out.writeDouble(state.logScale());
          RunCheckpoint.writeDoubles(out, state.mean());
          RunCheckpoint.writeDoubles(out, state.covariance());
        }

        @Override
        public RandomWalkState read(DataInputStream in) throws IOException {
          return new RandomWalkState(
              StateForm.readEnsemble(in),
              in.readLong(),
              in.readDouble(),
              RunCheckpoint.readDoubles(in),
              RunCheckpoint.readDoubles(in));
        }
      };

  private static void write(DataOutputStream out, Ensemble ensemble) throws IOException {
    out.writeLong(ensemble.iteration());
    out.writeInt(ensemble.dimension());
    RunCheckpoint.writeDoubles(out, ensemble.positions());
    RunCheckpoint.writeDoubles(out, ensemble.logDensities());
    RunCheckpoint.writeLongs(out, ensemble.accepted());
    RunCheckpoint.writeLongs(out, ensemble.proposed());
  }

  private static Ensemble readEnsemble(DataInputStream in) throws IOException {
    return new Ensemble(
        in.readLong(),
        in.readInt(),
        RunCheckpoint.readDoubles(in),
        RunCheckpoint.readDoubles(in),
        RunCheckpoint.readLongs(in),
        RunCheckpoint.readLongs(in));
  }
}
