package dev.slipway.scriptworker.wire;

/**
 * What one run may use.
 *
 * @param cpuMillis processor time
 * @param wallMillis time by the clock, waiting included
 * @param stackFrames depth of calls
 * @param allocatedBytes memory allocated over the whole run, garbage included
 * @param stringChars longest text
 * @param arrayElements longest typed array
 * @param outputChars what it may log, and what its result may be long
 * @param calls how often it may call its host
 */
public record Limits(
    int cpuMillis,
    int wallMillis,
    int stackFrames,
    long allocatedBytes,
    int stringChars,
    int arrayElements,
    int outputChars,
    int calls) {}
