-- The rules of policies/bgsw/policy.rhai, one function a rule, with the numbers in force on 2019-05-20.
-- Helpers that several rules ask for are worked out once a case. What a rule says is one of a few records that are made
-- once; a rule that says nothing gives false. A fact that is missing ends the run with its name.

-- The compiler is off unless it is asked for: both ways are measured.
if jit and not ... then jit.off() end

local function set(words)
  local found = {}
  for _, word in ipairs(words) do found[word] = true end
  return found
end

local RANK = { Blue = 0, Green = 1, Amber = 2, ["Red-Amber"] = 3, Red = 4 }
local LEVEL = { low = 1, medium = 2, high = 3, very_high = 4 }

-- Each record has a number too, by which the program outside knows it.
local FLOOR = {}
for tier in pairs(RANK) do FLOOR[tier] = { at_least = tier, rank = RANK[tier], code = RANK[tier] + 1 } end
local BLUE = { decide = "Blue", code = 6 }
local REASSESS_ROSH = { flag = "reassess_rosh", code = 7 }
local ASSESS_FOR_RELEASE = { flag = "assess_for_release", code = 8 }
local INDUCTION = { flag = "induction_one_to_one", code = 9 }
local REPORTING = { flag = "reporting_arrangements", code = 10 }
local OFFER_OFFICER = { flag = "offer_female_officer", code = 11 }

local MATRIX = {
  { "Green", "Amber", "Amber", "Red-Amber" },
  { "Amber", "Amber", "Red-Amber", "Red" },
  { "Red", "Red", "Red", "Red" },
  { "Red", "Red", "Red", "Red" },
}
local ONE_STEP_UP = { Green = "Amber", Amber = "Red-Amber", ["Red-Amber"] = "Red-Amber", Red = "Red" }

local VULNERABLE = set { "domestic_abuse_victim", "adult_at_risk", "vulnerability", "suicide_self_harm" }
local SAFEGUARDING =
  set { "domestic_abuse_perpetrator", "child_protection", "child_concerns", "risk_to_children", "stalking" }
local DISPUTING = set { "domestic_abuse_perpetrator", "child_protection", "risk_to_children", "sex_offender" }
local DISPUTING_OFFENCES = set {
  "murder", "manslaughter", "rape", "sexual", "robbery", "aggravated_burglary", "wounding_gbh", "arson_endanger_life",
  "kidnap", "firearm", "non_molestation_order_breach", "restraining_order_breach", "stalking", "domestic_assault",
  "coercive_control",
}

local CONTACT = {
  Red = { every = 1, unit = "week", mode = "face_to_face", first_within = 2, upcoming = 3 },
  ["Red-Amber"] = { every = 2, unit = "week", mode = "face_to_face", first_within = 5, upcoming = 5 },
  Amber = { every = 3, unit = "week", mode = "face_to_face", first_within = 5, upcoming = 7 },
}
local CONTACT_GREEN_LOW = { every = 1, unit = "month", mode = "face_to_face", first_within = 5, upcoming = 10 }
local CONTACT_GREEN_MEDIUM = { every = 1, unit = "month", mode = "face_to_face", first_within = 5, upcoming = 10 }
local CONTACT_HUB = { every = 6, unit = "week", mode = "hub", first_within = 5, upcoming = 10 }
local CONTACT_IOM_CUSTODY = { every = 4, unit = "week", mode = "custody", upcoming = 7 }
local HELD_BY_PO = { grade = "po", from = "front_office" }
local HELD_BY_PSO = { grade = "pso", from = "front_office" }
local HELD_IN_HUB = { grade = "pso", from = "operational_hub" }

-- Looked up and not compared: a compiled trace holds one way through the comparisons, and cases take many.
local function bands(medium, high, very_high)
  local band = {}
  for score = 0, 100 do
    band[score] = score >= very_high and 4 or score >= high and 3 or score >= medium and 2 or 1
  end
  return band
end
local OGRS3_BAND, OGP_BAND, OVP_BAND = bands(50, 75, 90), bands(34, 67, 85), bands(30, 60, 80)
local function from(cut_off)
  local counts = {}
  for score = 0, 10 do counts[score] = score >= cut_off and 1 or 0 end
  return counts
end
local FROM_2, FROM_3, FROM_4 = from(2), from(3), from(4)
local max = math.max

local function missing(fact) error(fact, 0) end

-- Helpers

local function any(words, among)
  for i = 1, #words do
    if among[words[i]] then return true end
  end
  return false
end

local function rosh(p)
  return max(
    LEVEL[p.rosh or missing("rosh")], LEVEL[p.rosh_public or missing("rosh_public")],
    LEVEL[p.rosh_children or missing("rosh_children")], LEVEL[p.rosh_known_adult or missing("rosh_known_adult")],
    LEVEL[p.rosh_staff or missing("rosh_staff")])
end

local function low_disputed(p)
  return any(p.registrations, DISPUTING) or p.mappa or any(p.previous_offences, DISPUTING_OFFENCES)
    or p.victim_vulnerable or p.grave_in_another or DISPUTING_OFFENCES[p.category or missing("category")] or false
end

local function reoffending(p)
  return max(OGRS3_BAND[p.ogrs3 or missing("ogrs3")], OGP_BAND[p.ogp or missing("ogp")],
    OVP_BAND[p.ovp or missing("ovp")])
end

local function needs(p)
  return FROM_2[p.accommodation or missing("accommodation")] + FROM_3[p.ete or missing("ete")]
    + FROM_2[p.relationships or missing("relationships")] + FROM_2[p.lifestyle or missing("lifestyle")]
    + FROM_2[p.drugs or missing("drugs")] + FROM_4[p.alcohol or missing("alcohol")]
    + FROM_4[p.thinking or missing("thinking")] + FROM_2[p.attitudes or missing("attitudes")]
end

local function is_vulnerable(p)
  return p.domestic_abuse_victim or p.vulnerable or any(p.registrations, VULNERABLE)
end

local function is_safeguarding(p) return any(p.registrations, SAFEGUARDING) end

local function engages_poorly(p)
  if p.engagement == "poor" then return true end
  local outcomes, days, since, missed = p.contact_outcomes, p.contact_days, p.today - 90, 0
  for i = 1, #outcomes do
    if outcomes[i] == "unacceptable_absence" and days[i] >= since then missed = missed + 1 end
  end
  return missed >= 2
end

local function hub_eligible(p) return p.single_unpaid_work and rosh(p) == LEVEL.low end

-- Rules

local function custody(p) return p.in_custody and not p.iom and BLUE end

local function iom(p, harm, likely)
  if not p.iom then return false end
  if harm >= LEVEL.medium or likely == LEVEL.very_high then return FLOOR.Red end
  return FLOOR["Red-Amber"]
end

local function risk_matrix(tier) return FLOOR[tier] end

local function serious_recidivism(p)
  local rsr = p.rsr or missing("rsr")
  if rsr >= 6.9 then return FLOOR.Red end
  return rsr >= 3 and FLOOR.Amber
end

local function safeguarding(registered) return registered and FLOOR.Amber end
local function many_needs(count, up) return count >= 5 and up end
local function vulnerability(vulnerable, up) return vulnerable and up end
local function engagement(poor, up) return poor and up end

local function low_rosh_disputed(level, disputed) return level == LEVEL.low and disputed and REASSESS_ROSH end

local function release_near(p)
  return p.days_to_release >= 0 and p.days_to_release - 84 < p.next_working_in and not p.release_assessed
    and ASSESS_FOR_RELEASE
end

local function induction_one_to_one(p)
  if p.vulnerable or p.learning_difficulty or p.interpreter_required or p.domestic_abuse_victim then return INDUCTION end
  return p.rural and INDUCTION
end

local function reporting(p)
  return (p.rural or p.evening_reporting or p.caring_responsibilities or p.interpreter_required) and REPORTING
end

local function female_case_manager(p) return p.sex == "female" and not p.female_officer_asked and OFFER_OFFICER end

-- What follows from the tier

local function contact(p, tier)
  if p.in_custody then return p.iom and CONTACT_IOM_CUSTODY end
  if tier == "Blue" then return false end
  if tier ~= "Green" then return CONTACT[tier] end
  if (p.managed_from or missing("managed_from")) == "operational_hub" and hub_eligible(p) then return CONTACT_HUB end
  return rosh(p) == LEVEL.low and CONTACT_GREEN_LOW or CONTACT_GREEN_MEDIUM
end

local function review(p) return p.in_community and 42 end

local function allocate(p, tier)
  if tier == "Green" and hub_eligible(p) then return HELD_IN_HUB end
  return (tier == "Red" or (tier == "Blue" and p.iom)) and HELD_BY_PO or HELD_BY_PSO
end

-- All together

local function rules(p)
  local level = rosh(p)
  local disputed = level == LEVEL.low and low_disputed(p)
  local harm = disputed and LEVEL.medium or level
  local likely = reoffending(p)
  local vulnerable, registered, poor = is_vulnerable(p), is_safeguarding(p), engages_poorly(p)
  local tier = MATRIX[harm][likely]
  if tier == "Amber" and harm == LEVEL.medium and likely == LEVEL.low and needs(p) <= 1
    and not vulnerable and not registered and not poor and not (disputed or low_disputed(p)) then
    tier = "Green"
  end
  local up = FLOOR[ONE_STEP_UP[tier]]
  return {
    custody(p),
    iom(p, harm, likely),
    risk_matrix(tier),
    serious_recidivism(p),
    safeguarding(registered),
    many_needs(needs(p), up),
    vulnerability(vulnerable, up),
    engagement(poor, up),
    low_rosh_disputed(level, disputed),
    release_near(p),
    induction_one_to_one(p),
    reporting(p),
    female_case_manager(p),
  }
end

local function tier_of(effects)
  local rank, tier = -1, nil
  for i = 1, 8 do
    local effect = effects[i]
    if effect then
      if effect.decide then return effect.decide end
      if effect.rank > rank then rank, tier = effect.rank, effect.at_least end
    end
  end
  return tier
end

local function decide(p)
  local effects = rules(p)
  local tier = tier_of(effects)
  return {
    tier = tier,
    effects = effects,
    contact = contact(p, tier),
    review = review(p),
    allocation = allocate(p, tier),
  }
end

-- Complete cases, one after the other: nothing leaves the language, so that the compiler sees one loop.
local function decide_all(people, which, answers)
  for i = 1, #which do
    answers[i] = decide(people[which[i]])
  end
end

-- One way through the rules of a case that misses facts: what each rule says as a number of four bits, or the name of the
-- first fact that is missing.
local function packed(p)
  local effects, all = rules(p), 0
  for i = 13, 1, -1 do all = all * 16 + (effects[i] and effects[i].code or 0) end
  return all
end
local function try(p) return pcall(packed, p) end

local function standards(p, tier)
  return { contact = contact(p, tier), review = review(p), allocation = allocate(p, tier) }
end
local function try_standards(p, tier) return pcall(standards, p, tier) end

return { decide = decide, decide_all = decide_all, try = try, try_standards = try_standards }
