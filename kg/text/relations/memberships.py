"""Alliances, councils, staffs and peoples in, who is of them out: "la coalition formée de A et B", "élu au Sénat"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.nameless import participant, participants
from kg.text.nouns import is_crowd, is_definite, name_before_comma
from kg.text.relations.bearers import bearers, things
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Token, Tokens

_COMPANY, _COALITION, _COUNTRY = KG + "Company", KG + "Coalition", KG + "Country"
_FAR = 8  # tokens between an alliance and the first of its members


def by_memberships(context: Context) -> Iterator[Found]:
    """Who belongs to an alliance, a council or a people, and who works for whom, by the words around."""
    for sentence in context.sentences:
        for token in sentence:
            if token.pos_ in {"NOUN", "PROPN"}:
                yield from _allies(token, context)
                yield from _peoples(token, context)
                yield from _staff(token, context)
            elif token.pos_ == "VERB":
                yield from _seated(token, context)
                yield from _at_work(token, context)


# ---------------------------------------------------------------- Alliances


def _allies(noun: Token, context: Context) -> Iterator[Found]:
    """The countries and bodies that an alliance is said to be of: "l'association des armées de A, de B et de C"."""
    if not (context.lexicon.has("AllianceNoun", noun) or _is_coalition(noun, context)) or is_plural(noun):
        return
    start = _first_member(noun, context)
    members = _listed(start, context) if start is not None else []
    kinds = all(m.kind == _COUNTRY or context.is_a(m, ORGANIZATION) for m in members)
    body = participant(noun, context) if len(members) > 1 and kinds else None
    if body is not None:
        for member in members:
            yield from _of("AllianceOf", member, body, context.doc[noun.i : noun.i + 1], context)


def _is_coalition(noun: Token, context: Context) -> bool:
    mention = context.mentions.at(noun)
    return bool(mention and mention.type is MentionType.NOMINAL and mention.kind == _COALITION)


def _first_member(noun: Token, context: Context) -> int | None:
    """The token at which the members of an alliance begin, after the words that bring them."""
    doc, has, brought = context.doc, context.lexicon.has, False
    for token in doc[noun.i + 1 : min(noun.i + _FAR, noun.sent.end)]:
        mention = context.mentions.at(token)
        if mention and mention.type is MentionType.NAME:
            return token.i if brought else None
        if has("ComposedVerb", token) or has("TroopNoun", token) or _belongs(token, context):
            brought = brought or not has("TroopNoun", token)
        elif token.pos_ not in {"DET", "ADJ", "PRON", "AUX", "NUM", "PART"} and not has("ListMark", token):
            return None
    return None


def _belongs(token: Token, context: Context) -> bool:
    lemma = context.lexicon.syntax.lemma(token)
    return lemma in context.lexicon.words("PositionPreposition") or lemma in context.lexicon.words("BetweenPreposition")


def _listed(start: int, context: Context) -> list[Mention]:
    """The names from a token on that commas and "and" join; none where no "and" does."""
    doc, at, found, joined = context.doc, start, list[Mention](), False
    stop = doc[start].sent.end
    while at < stop:
        token, mention = doc[at], context.mentions.at(doc[at])
        if mention and mention.type is MentionType.NAME:
            if mention in found:
                return []
            found.append(mention)
            at = context.tokens(mention.span).end
            if joined or at >= stop or not (doc[at].text == "," or doc[at].pos_ == "CCONJ"):
                break
        elif token.text == "," or token.pos_ in {"CCONJ", "DET"} or _belongs(token, context):
            joined = joined or token.pos_ == "CCONJ"
            at += 1
        else:
            break
    return found if joined else []


# ---------------------------------------------------------------- Councils


def _seated(verb: Token, context: Context) -> Iterator[Found]:
    """Who is elected or named to a council: "élue au Sénat", "les femmes nommées pour le conseil", "appointed to"."""
    if not context.lexicon.has("AppointmentVerb", verb):
        return
    college = next((m for noun in _colleges(verb, context) if (m := participant(noun, context))), None)
    if college is None or not context.is_a(college, ORGANIZATION):
        return
    for person in _appointed(verb, context):
        yield from _of("SeatIn", person, college, context.doc[verb.i : verb.i + 1], context, presupposed=False)


def _colleges(verb: Token, context: Context) -> Iterator[Token]:
    brings = context.lexicon.words("CollegePreposition")
    for preposition, noun in context.lexicon.syntax.obliques(verb):
        mention = context.mentions.at(noun)
        tokens = context.tokens(mention.span) if mention else context.doc[noun.i : noun.i + 1]
        if preposition in brings and any(context.lexicon.has("CollegeNoun", t) for t in (noun, tokens[0], tokens[-1])):
            yield noun


def _appointed(verb: Token, context: Context) -> list[Mention]:
    """Whom a verb of appointment names: its object, its passive subject, or of whom its noun is said."""
    found: list[Mention] = []
    for noun in context.lexicon.syntax.patients(verb):
        said = [m for m, _ in things(context.doc[noun.i : noun.i + 1], context)]
        found += said if context.lexicon.syntax.is_predicate(noun) and said else context.referents(noun)
    if not found and (name := name_before_comma(context, context.doc[verb.i : verb.i + 1])):
        found = [name]
    people = [m for m in found if m.kind == PERSON and not is_crowd(m, context)]
    return list(dict.fromkeys(other for m in people for other in _alongside(m, context)))


def _alongside(name: Mention, context: Context) -> list[Mention]:
    """A name and those that commas and "and" join to it after it, wherever the parser hung them."""
    if name.type is not MentionType.NAME:
        return [name]
    listed = _listed(context.tokens(name.span).start, context)
    return listed if len(listed) > 1 and all(m.kind == PERSON for m in listed) else [name]


# ---------------------------------------------------------------- Peoples


def _peoples(noun: Token, context: Context) -> Iterator[Found]:
    """Of which people somebody is said to be: "appartenant à l'ethnie dinka", "a member of the Dinka tribe"."""
    if not context.lexicon.has("PeopleGroupNoun", noun):
        return
    people = _ethnic_name(noun, context)
    for person in _belonging(noun, context) if people else ():
        if people and person.kind == PERSON:
            yield from _of("PeopleOf", person, people, context.doc[noun.i : noun.i + 1], context)


def _ethnic_name(noun: Token, context: Context) -> Mention | None:
    """The name of a people beside the noun for one: a word that is no other mention, capital or adjective."""
    compounds = context.lexicon.language.labels.get("compound")
    at = noun.i - 1 if compounds else noun.i + 1
    while compounds and at > noun.sent.start and context.doc[at].lower_ in context.lexicon.words("PeopleGroupNoun"):
        at -= 1
    if not noun.sent.start <= at < noun.sent.end:
        return None
    token = context.doc[at]
    if not token.is_alpha or token.pos_ in {"DET", "ADP", "CCONJ", "PRON", "AUX"} or context.demonym(token):
        return None
    if (compounds and not token.text[0].isupper()) or context.lexicon.classes(token):
        return None
    return _as_people(token, context)


def _as_people(token: Token, context: Context) -> Mention | None:
    """A word as a people's name; None where it is the name of something known."""
    held = context.mentions.at(token)
    if held and (held.entry or held.antecedent):
        return None
    tokens = context.tokens(held.span) if held else context.doc[token.i : token.i + 1]
    new = Mention(span_of(tokens), MentionType.NAME, ORGANIZATION)
    if held:
        context.mentions.replace(new)
    return context.mentions.add(tokens, new)


def _belonging(noun: Token, context: Context) -> list[Mention]:
    """Who belongs to what a noun names: by a verb, by "member of", or before a comma."""
    for verb in (token for token in noun.ancestors if token.pos_ in VERBAL):
        if context.lexicon.has("BelongingVerb", verb):
            return _belongers(verb, context)
        break
    member = noun.head.head if noun.head.pos_ == "ADP" else noun.head
    if context.lexicon.has("MemberNoun", member):
        return [m for m, _ in bearers(context.doc[member.i : member.i + 1], context)]
    return []


def _belongers(verb: Token, context: Context) -> list[Mention]:
    name = name_before_comma(context, context.doc[verb.i : verb.i + 1])
    return [name] if name else context.mentions_of(context.lexicon.syntax.agents(verb))


def _of_people(verb: Token, context: Context) -> Iterator[Found]:
    """ "X, appartenant aux Nuers": a name in the plural that no source knows is a people's."""
    for _, noun in context.lexicon.syntax.obliques(verb):
        plural = any("Plur" in feature(child, "Number") for child in noun.lefts) or is_plural(noun)
        held = context.mentions.at(noun)
        if plural and held and held.type is MentionType.NAME and not held.entry and noun.text[0].isupper():
            people = _as_people(noun, context)
            for person in _belongers(verb, context) if people else ():
                if people and person.kind == PERSON:
                    yield from _of("PeopleOf", person, people, context.doc[verb.i : verb.i + 1], context)


# ---------------------------------------------------------------- Staffs


def _staff(noun: Token, context: Context) -> Iterator[Found]:
    """Groups of employees and whose they are: "les employés", of the company spoken of; "le personnel d'une ONG"."""
    if not context.lexicon.has("StaffNoun", noun) or context.lexicon.syntax.is_predicate(noun):
        return
    if not is_plural(noun) and not context.lexicon.has("StaffMass", noun):
        return
    employers = _employers(noun, context)
    above = context.lexicon.syntax.first_conjunct(noun).head
    whole = above if context.lexicon.has("MemberNoun", above) and above.i < noun.i else noun
    group = participant(whole, context) if employers else None
    if group is not None and group.type is MentionType.NOMINAL and group not in employers:
        for employer in employers:
            yield from _of("StaffOf", group, employer, context.doc[noun.i : noun.i + 1], context)


def _employers(noun: Token, context: Context) -> list[Mention]:
    """Whose a staff is, by name or not; where no word says so, the one company named before it."""
    belonging = context.lexicon.words("PositionPreposition")
    complements = [n for preposition, n in context.lexicon.syntax.obliques(noun) if preposition in belonging]
    owners = context.possessors(noun) or participants(complements, context)
    if owners or complements:
        return [m for m in owners if context.is_a(m, ORGANIZATION)]
    for start in (noun.sent.start_char, 0):
        before = context.mentions.between(start, noun.idx)
        bodies = {context.identity(m): m for m in before if m.kind == _COMPANY and m.entry}
        if bodies and is_definite(noun) and not any(child.pos_ in {"ADJ", "NUM"} for child in noun.children):
            return list(bodies.values()) if len(bodies) == 1 else []
    return []


def _at_work(verb: Token, context: Context) -> Iterator[Found]:
    """People whom nobody names, and for whom they work: "ceux qui travaillent pour une ONG locale"."""
    if context.lexicon.has("BelongingVerb", verb):
        yield from _of_people(verb, context)
    if not context.lexicon.has("WorkingVerb", verb):
        return
    brings = context.lexicon.words("EmployerPreposition")
    nouns = [n for preposition, n in _reached(verb, context) if preposition is None or preposition in brings]
    employers = [m for m in participants(nouns, context) if context.is_a(m, ORGANIZATION)]
    people = participants(context.lexicon.syntax.agents(verb), context) if employers else []
    for person in people:
        for employer in employers:
            if person.kind == PERSON:
                words = context.doc[verb.i : verb.i + 1]
                yield from _of("StaffOf", person, employer, words, context, presupposed=False)


def _reached(verb: Token, context: Context) -> Iterator[tuple[str | None, Token]]:
    """What a verb brings, with the preposition; None through the noun of a frame: "dans le cadre de X"."""
    for preposition, noun in context.lexicon.syntax.obliques(verb):
        framed = context.lexicon.has("FrameNoun", noun)
        inner = context.lexicon.syntax.obliques(noun) if framed else iter(())
        yield from ((None, one) for _, one in inner) if framed else [(preposition, noun)]


def _of(
    construction: str, member: Mention, body: Mention, words: Tokens, context: Context, *, presupposed: bool = True
) -> Iterator[Found]:
    how = "description" if presupposed else "verb"
    for relation in built_by(construction, context):
        yield Found(relation, member, body, words, how, construction, presupposed)
