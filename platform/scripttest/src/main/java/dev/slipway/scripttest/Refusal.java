package dev.slipway.scripttest;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** A refusal that a case has a function answer with. */
record Refusal(String code, ErrorKind kind, String message) implements ErrorCode {}
