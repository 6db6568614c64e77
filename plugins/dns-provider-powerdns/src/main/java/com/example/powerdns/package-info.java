/** An example plugin: a DNS provider. */
@NullMarked
package com.example.powerdns;

import org.jspecify.annotations.NullMarked;
