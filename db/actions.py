"""The action register, its front door: what is read of it, and every way to write it, by one name."""

from __future__ import annotations

from db.action_updates import escalation_updates as escalation_updates
from db.action_updates import updates as updates
from db.action_views import FIELDS as FIELDS
from db.action_views import ActionField as ActionField
from db.action_views import ActionView as ActionView
from db.action_views import Counts as Counts
from db.action_views import Details as Details
from db.action_views import about as about
from db.action_views import action as action
from db.action_views import counted_in as counted_in
from db.action_views import counts as counts
from db.action_views import every_action as every_action
from db.action_views import open_actions as open_actions
from db.action_views import open_by_subject as open_by_subject
from db.action_views import raised_in as raised_in
from db.action_writes import carry_actions as carry_actions
from db.action_writes import close_actions as close_actions
from db.action_writes import edit_action as edit_action
from db.action_writes import raise_actions as raise_actions
from db.action_writes import refuse_closed as refuse_closed
from db.action_writes import update_actions as update_actions
from db.escalations import answer as answer
from db.escalations import escalate as escalate
from db.escalations import escalate_by_rule as escalate_by_rule
from db.escalations import refuse_waiting as refuse_waiting
from db.escalations import take_back as take_back
from db.subjects import Subject as Subject
from db.subjects import labels as labels
