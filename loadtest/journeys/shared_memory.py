"""What partners let auditors know: patients that were accessed, so that the register must tell of them."""

from collections import deque

#: Ids of patients, the newest last. Every worker of a distributed run has its own.
accessed_patients: deque = deque(maxlen=200)
