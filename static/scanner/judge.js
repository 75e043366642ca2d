/* The verdict of one scan: the same rules in the same order as checkin/rules.py. tests/vectors/judgement.json is run
   through both. Times are text (RFC 3339) or milliseconds. */
(function () {
  'use strict';
  var MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  var EARLY = HOUR, LATE = HOUR, AHEAD = 5 * MINUTE, TRAVEL = MINUTE, TRUSTED = DAY, FUTURE = DAY, OLDEST = Date.UTC(2000, 0, 1);

  function ms(time) { return typeof time === 'string' ? Date.parse(time) : time; }

  /* facts: known {verdict, reason, is_same} or null, code_problem, at, received_at, is_clock_off,
     meeting {starts_at, ends_at, is_called_off, has_seats, is_yours} or null,
     is_card_replaced, is_elsewhere, is_present, is_seated */
  function judge(facts) {
    var meeting = facts.meeting, reason;
    if (facts.known && !(meeting && !meeting.is_yours)) return repeated(facts.known);
    reason = refusal(facts);
    if (reason) return { verdict: 'refused', reason: reason };
    reason = flag(facts);
    if (reason) return { verdict: 'flagged', reason: reason };
    if (facts.is_present) return { verdict: 'already_present', reason: null };
    return { verdict: 'recorded', reason: meeting.has_seats && !facts.is_seated ? 'walk_in' : null };
  }

  function repeated(known) {
    if (!known.is_same) return { verdict: 'refused', reason: 'scan_id_reused' };
    return known.verdict === 'recorded' ? { verdict: 'same_scan', reason: null } : { verdict: known.verdict, reason: known.reason };
  }

  function refusal(facts) {
    if (facts.code_problem) return facts.code_problem;
    var at = ms(facts.at), isToCome = at > ms(facts.received_at) + FUTURE;
    if (facts.at === null || at < OLDEST || (isToCome && !facts.is_clock_off)) return 'bad_time';
    if (!facts.meeting) return 'unknown_session';
    return facts.meeting.is_yours ? null : 'not_yours';
  }

  function flag(facts) {
    var meeting = facts.meeting, at = ms(facts.at);
    if (meeting.is_called_off) return 'called_off';
    if (facts.is_card_replaced) return 'card_replaced';
    if (facts.is_clock_off || at > ms(facts.received_at) + AHEAD) return 'clock_off';
    if (at < ms(meeting.starts_at) - EARLY || at > ms(meeting.ends_at) + LATE) return 'outside_window';
    return facts.is_elsewhere ? 'elsewhere' : null;
  }

  /* The phone's time moved by how wrong its clock was: what it said and what the server said at one moment. */
  function corrected(at, sent, received) {
    if (sent === null) return ms(at);
    var off = ms(received) - ms(sent);
    return Math.abs(off) > TRAVEL ? ms(at) + off : ms(at);
  }

  function isClockOff(sent, received) {
    return sent !== null && Math.abs(ms(received) - ms(sent)) > TRUSTED;
  }

  window.elderlearn.judgement = { judge: judge, corrected: corrected, isClockOff: isClockOff };
})();
