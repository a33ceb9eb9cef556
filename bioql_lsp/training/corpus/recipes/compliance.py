"""Recipes on compliance logs, auditable sessions and the package's own logging."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Final

from bioql_lsp.training.corpus.recipe import Recipe, Slot, option
from bioql_lsp.training.corpus.recipes.provenance import DEFAULTS, recorded
from bioql_lsp.training.corpus.recipes.provenance import SLOTS as CHAIN_SLOTS
from bioql_lsp.training.corpus.runs import run
from bioql_lsp.training.corpus.slots import file_name, open_word

SLOTS: Final[dict[str, Slot]] = {
    **CHAIN_SLOTS,
    "session": open_word(
        "screening-run", "docking", "batch-3", "session-1", "phase1", "egfr-docking", "night-run", "qc-check",
        "demo", "lab-run", "gxp-session", "h2-study", "lead-search", "trial-4", "week12", "validation", "hits",
        "kinase-panel", "pilot", "site-visit", "inspection", "release", "covid-hits", "fda-review", "campaign",
    ),
    "log": file_name("log", "bioql", "debug", "audit", "errors", "session"),
    "level": option(
        ("DEBUG", "(debug|DEBUG)", "(debug|DEBUG)"),
        ("INFO", "(info|INFO)", "(info|INFO)"),
        ("WARNING", "(warning|warnings|WARNING)", "(warning|advertencias|WARNING)"),
        ("ERROR", "(error|errors only|ERROR)", "(error|solo errores|ERROR)"),
        ("CRITICAL", "(critical|CRITICAL)", "(critical|criticos|CRITICAL)"),
    ),
    "logger": open_word(
        "docking", "screening", "my_app", "pipeline", "crispr", "lab", "worker", "service", "qc", "notebook",
        "analysis", "batch", "main", "server", "folding", "chemistry",
    ),
}  # fmt: skip

RECIPES: Final[tuple[Recipe, ...]] = (
    Recipe(
        "enable_compliance",
        says=(
            "(enable|turn on|switch on|activate|start) [21 cfr part 11|gxp|fda] compliance logging [in [the] [folder|directory] {directory}]",
            "(i need|set up) a [21 cfr part 11|fda] compliance log [in {directory}]",
            "compliance logging [to {directory}]",
            "make my work 21 cfr part 11 compliant [with logs in {directory}]",
            "audit directory {directory} for compliance logging",
            "where do i switch on compliance logging",
            "keep part 11 audit logs in {directory}",
            "write compliance logs to [folder] {directory}",
            "regulated lab: turn compliance logging on [, folder {directory}]",
            "our QA wants compliance logs [in {directory}], enable them",
            "enable_compliance_logging [{directory}]",
        ),
        says_es=(
            "(activa|habilita|enciende) el registro de cumplimiento [21 cfr part 11] [en {directory}]",
            "registro de cumplimiento en [la carpeta] {directory}",
            "quiero cumplir 21 cfr parte 11 [con registros en {directory}]",
            "guarda los registros de auditoría de cumplimiento en {directory}",
        ),
        code="""from bioql import enable_compliance_logging

enable_compliance_logging("<<directory>>")
""",
        slots=SLOTS,
        defaults=DEFAULTS,
    ),
    Recipe(
        "log_execution",
        says=(
            "log {circuit} [on {backend}] with counts {counts} for (21 cfr part 11|compliance|the fda|gxp)",
            "compliance (record|entry|log) of {circuit} [on {backend}], counts {counts}",
            "i ran {circuit} and got {counts}; log it for (21 cfr part 11|compliance)",
            "(add|write) {circuit} with result {counts} to the compliance log [in {directory}]",
            "21 cfr part 11 record for {circuit}: {counts}",
            "compliance log my result {counts} of {circuit}",
            "log the execution of {circuit} giving {counts} in the compliance logger",
            "part 11 entry: {circuit}, {counts}",
            "ComplianceLogger log_execution {circuit} {counts}",
            "regulated record of {circuit} [on {backend}] [with {shots} shots], result {counts}",
        ),
        says_es=(
            "registra {circuit} con conteos {counts} para 21 cfr parte 11",
            "registro de cumplimiento de {circuit}, conteos {counts}",
            "ejecute {circuit} y obtuve {counts}, anotalo en el registro de cumplimiento",
            "anade {circuit} con resultado {counts} al registro de cumplimiento [en {directory}]",
        ),
        code="""from bioql import ComplianceLogger

log = ComplianceLogger("<<directory>>")
result = {"counts": <<counts>>}
record = log.log_execution("<<circuit>>", "<<backend>>", result, shots=<<shots>>)
print(record.record_id, record.signature)
""",
        slots=SLOTS,
        defaults=DEFAULTS,
    ),
    recorded(
        run(
            "compliant_run_count",
            "<<circuit>>",
            (
                "run {circuit} with compliance logging",
                "{circuit} logged for (21 cfr part 11|compliance|gxp)",
                "run {circuit} and log it for (21 cfr part 11|compliance)",
                "(execute|run) {circuit} and write a compliance (record|log)",
                "compliant run of {circuit}",
                "21 cfr part 11 run: {circuit}",
                "{circuit} under part 11 with an audit record",
                "i need {circuit} executed in a compliant, logged way",
                "regulated execution of {circuit}",
                "run {circuit}, then store the result in the compliance log",
                "gxp run of {circuit} with electronic record",
            ),
            (
                "ejecuta {circuit} con registro de cumplimiento",
                "corre {circuit} y registralo para 21 cfr parte 11",
                "ejecución regulada de {circuit}",
                "{circuit} con registro para la fda",
            ),
            slots=SLOTS,
            tail="""log = ComplianceLogger("audit_logs")
record = log.log_execution(
    "<<circuit>>", "<<backend>>", {"counts": result.counts}, shots=<<shots>>
)
print(record.record_id)
""",
        ),
        "ComplianceLogger",
    ),
    Recipe(
        "export_compliance_report_count",
        says=(
            "(export|write|save) the compliance report (to|as) {txt} [in {directory}]",
            "compliance report {txt} [in [folder] {directory}]",
            "(make|create) an audit report file {txt} from the compliance log [in {directory}]",
            "i need the compliance audit as {txt}",
            "write a part 11 report called {txt} [to {directory}]",
            "produce {txt} with the compliance logger",
            "audit report of the compliance logger saved as {txt}",
            "export_report {txt} from ComplianceLogger [{directory}]",
            "store the report for the inspector in {txt}",
            "put the compliance report into {txt}",
        ),
        says_es=(
            "(exporta|guarda) el informe de cumplimiento en {txt}",
            "informe de cumplimiento {txt} [en {directory}]",
            "escribe un informe de auditoria de cumplimiento llamado {txt}",
            "necesito el informe de cumplimiento como {txt}",
        ),
        code="""from bioql import ComplianceLogger

log = ComplianceLogger("<<directory>>")
print(log.export_report("<<txt>>"))
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.6,
    ),
    Recipe(
        "global_compliance_report_values",
        says=(
            "(print|show) the report of the global compliance logger",
            "report from the current compliance logger",
            "enable compliance logging [in {directory}] and (print|show) its report",
            "what has the global compliance logger recorded",
            "get the compliance logger and generate its report",
            "global compliance log report",
            "show me everything in the compliance log",
            "get_compliance_logger report",
            "summary of the running compliance log",
            "give me the compliance audit text of this session",
        ),
        says_es=(
            "(imprime|muestra) el informe del registro de cumplimiento global",
            "activa el cumplimiento y muestra el informe",
            "que ha registrado el logger de cumplimiento",
            "informe del registro de cumplimiento actual",
        ),
        code="""from bioql import enable_compliance_logging, get_compliance_logger

enable_compliance_logging("<<directory>>")
log = get_compliance_logger()
print(log.generate_report())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
        weight=0.6,
    ),
    Recipe(
        "audit_session",
        says=(
            "(write|save|create|make) an audit report (for|of) [the] session {session} [in {directory}]",
            "audit session {session} [in [folder] {directory}]",
            "(start|open) an auditable session {session} [in {directory}] and save its report",
            "auditable session called {session}",
            "save an audit report called {session}",
            "session {session}: audit report [to {directory}]",
            "i need an audit trail for my session {session}",
            "AuditableSession {session}",
            "json audit report of session {session} [in {directory}]",
            "document session {session} for the auditors",
            "new audit session {session}, store the report [in {directory}]",
        ),
        says_es=(
            "(escribe|guarda|crea) un informe de auditoria de la sesion {session} [en {directory}]",
            "audita la sesion {session}",
            "sesion auditable {session} [en {directory}]",
            "informe de auditoría para la sesión {session}",
        ),
        code="""from pathlib import Path

from bioql import AuditableSession

session = AuditableSession("<<session>>", output_dir=Path("<<directory>>"))
print(session.save_report())
""",
        slots=SLOTS,
        defaults=DEFAULTS,
    ),
    Recipe(
        "audit_log_file",
        says=(
            "(write|send|save) [the] audit (log|messages|events) to {log}",
            "audit logging (to|into) [the file] {log}",
            "configure audit logging with file {log}",
            "(log|record) all audit events in {log}",
            "i want the audit log in a file {log}",
            "keep audit messages in {log}",
            "audit log file {log}",
            "configure_audit_logging {log}",
            "set {log} as the output of the audit logger",
            "where audit entries go: {log}",
        ),
        says_es=(
            "(escribe|guarda) el registro de auditoria en {log}",
            "registro de auditoria al archivo {log}",
            "configura la auditoria con el archivo {log}",
            "quiero los eventos de auditoría en {log}",
        ),
        code="""from pathlib import Path

from bioql import configure_audit_logging

configure_audit_logging(Path("<<log>>"))
""",
        slots=SLOTS,
        weight=0.7,
    ),
    Recipe(
        "logging_level",
        says=(
            "set [the] [bioql] (log|logging) level to {level}",
            "(configure|set up) [bioql] logging at [level] {level}",
            "(only show|show) {level} log messages",
            "logging level {level}",
            "bioql (log|logs) {level}",
            "i want {level} [level] logs from bioql",
            "make bioql log at {level} level",
            "change the log verbosity to {level}",
            "configure_logging {level}",
            "turn logging to {level}",
        ),
        says_es=(
            "pon el nivel de [registro|log] [de bioql] en {level}",
            "configura el logging [de bioql] con nivel {level}",
            "nivel de log {level}",
            "quiero los registros de bioql en nivel {level}",
        ),
        code="""from bioql import configure_logging

configure_logging(level="<<level>>")
""",
        slots=SLOTS,
    ),
    Recipe(
        "logging_file_summary",
        says=(
            "(write|save|send) [the] [bioql] logs to {log}",
            "log [everything] [from bioql] (to|into) [the file] {log}",
            "(configure|set up) [bioql] logging to file {log}",
            "[bioql] log file {log} [at level {level}]",
            "i want bioql's messages in {log} [, level {level}]",
            "store bioql's log output in {log}",
            "keep a log of bioql in {log} [with {level} level]",
            "configure_logging log_file {log}",
            "{level} messages into {log}",
            "put the bioql logging output in a file named {log}",
        ),
        says_es=(
            "(escribe|guarda) los logs [de bioql] en {log}",
            "configura el logging de bioql al archivo {log}",
            "archivo de log {log} [con nivel {level}]",
            "quiero los mensajes de bioql en {log}",
        ),
        code="""from bioql import configure_logging

configure_logging(level="<<level>>", log_file="<<log>>")
""",
        slots=SLOTS,
        defaults={"level": "INFO"},
    ),
    Recipe(
        "quiet_logging",
        says=(
            "(make|keep) bioql quiet",
            "(silence|mute|hide|suppress) [the] bioql (logs|log messages|console output|logging)",
            "no [bioql] log (output|messages) on the console",
            "bioql prints too many log messages, stop that",
            "quiet [bioql] logging",
            "turn off [bioql] console logging",
            "run bioql without log noise",
            "configure_logging quiet",
            "i don't want to see bioql's logs",
            "shut up the bioql logger",
            "disable log output in the terminal for bioql",
        ),
        says_es=(
            "silencia los (logs|mensajes|registros) de bioql",
            "(oculta|apaga|desactiva) los logs de bioql en consola",
            "bioql sin mensajes de log",
            "no quiero ver los registros de bioql",
        ),
        code="""from bioql import configure_logging

configure_logging(quiet=True)
""",
        weight=0.7,
    ),
    Recipe(
        "named_logger_values",
        says=(
            "(get|create|make) a [bioql] logger (called|named) {logger}",
            "[bioql] logger {logger}",
            "i need a logger with the name {logger} that says it started",
            "get_logger {logger}",
            "log a message with the bioql logger {logger}",
            "set up logger {logger} and write a first message",
            "give my module its own bioql logger {logger}",
            "use bioql's logger under the name {logger}",
            "new logger for {logger}",
            "bioql formatted logging for {logger}",
        ),
        says_es=(
            "(crea|obten) un logger [de bioql] llamado {logger}",
            "logger de bioql {logger}",
            "necesito un logger con nombre {logger}",
            "escribe un mensaje con el logger {logger}",
        ),
        code="""from bioql import get_logger

logger = get_logger("<<logger>>")
logger.info("started")
""",
        slots=SLOTS,
        weight=0.5,
    ),
    Recipe(
        "debug_mode",
        says=(
            "{switch} [the] [bioql] debug mode",
            "{switch} debugging (in|for|of) bioql",
            "bioql debug mode: {switch}",
            "{switch} bioql's debug output",
            "how do i {switch} debug mode",
            "please {switch} debug mode globally",
            "configure_debug_mode: {switch} it",
            "i want to {switch} bioql debugging",
            "{switch} debug for the whole bioql package",
            "{switch} verbose debugging",
        ),
        says_es=(
            "{switch} el modo debug [de bioql]",
            "{switch} la depuracion en bioql",
            "quiero {switch} el modo de depuración",
            "modo debug de bioql: {switch}",
        ),
        code="""from bioql import configure_debug_mode

configure_debug_mode(<<switch>>)
""",
        slots={
            "switch": option(
                (
                    "True",
                    "(enable|turn on|switch on|activate)",
                    "(activar|activa|enciende|habilita)",
                ),
                (
                    "False",
                    "(disable|turn off|switch off|deactivate)",
                    "(desactivar|desactiva|apaga|deshabilita)",
                ),
            )
        },
        weight=0.8,
    ),
)
