/** What one specimen exports to another. */
@NullMarked
package com.example.specimen.shared;

import org.jspecify.annotations.NullMarked;
