package com.example.specimen;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;

/** Something for scripts to call. */
public final class Saying implements ScriptApi {
  @Override
  public String name() {
    return "curious.say";
  }

  @Override
  public String summary() {
    return "Says something";
  }

  @Override
  public String arguments() {
    return "{\"type\":\"array\",\"maxItems\":0}";
  }

  @Override
  public String result() {
    return "{\"type\":\"string\"}";
  }

  @Override
  public boolean effect(ScriptCall call) {
    return false;
  }

  @Override
  public Object call(ScriptCall call) {
    return "something";
  }
}
