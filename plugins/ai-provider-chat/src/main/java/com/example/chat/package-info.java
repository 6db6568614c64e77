/** An example plugin: an AI provider. */
@NullMarked
package com.example.chat;

import org.jspecify.annotations.NullMarked;
