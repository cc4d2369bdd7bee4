/// Watches the scheduled tasks of the service. Never here: a task.
@NullMarked
package io.tercet.chat.schedule;

import org.jspecify.annotations.NullMarked;
