package com.example.specimen;

import dev.slipway.api.spi.ScriptHook;

/** A moment at which scripts decide. */
public final class Deciding implements ScriptHook {
  @Override
  public String name() {
    return "curious.decision";
  }

  @Override
  public String summary() {
    return "Decides";
  }

  @Override
  public String input() {
    return "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}";
  }

  @Override
  public String result() {
    return "{}";
  }

  @Override
  public String sampleEvent() {
    return "{\"text\":\"Shall we?\"}";
  }
}
