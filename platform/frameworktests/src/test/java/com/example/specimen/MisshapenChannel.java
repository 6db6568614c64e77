package com.example.specimen;

/** A channel with a key that is none. */
public final class MisshapenChannel extends Channel {
  @Override
  public String key() {
    return "Not A Key";
  }
}
