package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;

/** What heartbeats carry there and back. Called by one thread. */
public interface HeartbeatContent {
  HeartbeatRequest compose() throws InterruptedException;

  /** The request composed last has arrived and this is the answer. */
  void answered(HeartbeatResponse response);
}
