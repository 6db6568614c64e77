package dev.slipway.scripts.service;

import dev.slipway.api.platform.JsonSchema;
import dev.slipway.api.spi.ScriptApi;

/** A function that scripts can call, its schemas read. */
public record Function(ScriptApi api, JsonSchema arguments, JsonSchema result) {}
