/// Which of several replicas does what only one must do. Never here: what is done.
@NullMarked
package io.tercet.chat.housekeeping;

import org.jspecify.annotations.NullMarked;
