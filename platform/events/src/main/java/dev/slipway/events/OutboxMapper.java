package dev.slipway.events;

import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

interface OutboxMapper {
  /** Appends events in their order; the topics are raised where there is a channel for them. */
  void send(
      @Param("events") Outbox.Drafts events,
      @Param("channel") @Nullable String channel,
      @Param("topics") String[] topics);

  void raise(@Param("channel") @Nullable String channel, @Param("topics") String[] topics);
}
