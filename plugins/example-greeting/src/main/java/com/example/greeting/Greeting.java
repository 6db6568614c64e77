package com.example.greeting;

import java.time.Instant;
import java.util.UUID;

/**
 * A greeting.
 *
 * @param name who is greeted
 * @param text the whole greeting
 */
public record Greeting(UUID id, UUID tenantId, String name, String text, Instant createdAt) {}
