"""Options of a run beside Locust's own: on the command line, in locust.conf or in the environment."""

from locust import events


@events.init_command_line_parser.add_listener
def add_options(parser):
    parser.add_argument(
        "--partner-key",
        env_var="LOAD_PARTNER_KEY",
        default="local-partner-key",
        is_secret=True,
        help="Key of a subscription to the Patient API",
    )
    parser.add_argument(
        "--auditor-key",
        env_var="LOAD_AUDITOR_KEY",
        default="local-auditor-key",
        is_secret=True,
        help="Key of a subscription to the Audit API",
    )
    parser.add_argument(
        "--data-seed",
        env_var="LOAD_DATA_SEED",
        default="specimen",
        help="Any text; the same text makes users invent the same people",
    )
    parser.add_argument(
        "--max-think-ms",
        env_var="LOAD_MAX_THINK_MS",
        type=float,
        default=400,
        help="The longest pause of a user between two journeys",
    )
    parser.add_argument(
        "--max-unexpected-ratio",
        env_var="LOAD_MAX_UNEXPECTED_RATIO",
        type=float,
        default=0,
        help="Share of answers, 0 to 1, that may be other than expected",
    )
    parser.add_argument(
        "--max-p95-ms",
        env_var="LOAD_MAX_P95_MS",
        type=float,
        default=500,
        help="Limit of the 95th percentile, of all answers and of each kind",
    )
    parser.add_argument(
        "--max-p99-ms",
        env_var="LOAD_MAX_P99_MS",
        type=float,
        default=1500,
        help="Limit of the 99th percentile, of all answers and of each kind",
    )
