package dev.slipway.events;

import org.apache.ibatis.annotations.Param;

interface SignalMapper {
  void raise(@Param("channel") String channel, @Param("topic") String topic);
}
