"""From the front door to a class people can enrol in; names that are alike or only spelled."""

from __future__ import annotations

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.teachers import add_teacher
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.planning.world import World


async def test_a_published_course_without_a_class_is_shown_until_it_has_one(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    assert "Nobody can enrol yet" not in (await browser.get("/planning")).text
    ink = await add_course(organisation_id=world.academy, title="Ink", by=CLI, release=True)
    front = (await browser.get("/planning")).text
    assert "Nobody can enrol yet" in front and f'href="/planning/courses/{ink}/runs/new"' in front
    listed = (await browser.get("/planning/courses?state=never_held")).text
    assert "Ink" in listed and "Tai chi" not in listed
    academy = (await browser.get(f"/planning/organisations/{world.academy}")).text
    assert "nobody can enrol" in academy and f'href="/planning/courses/{ink}/runs/new"' in academy
    course = (await browser.get(f"/planning/courses/{ink}")).text
    assert "Nobody can enrol yet: open a class." in course
    assert f'href="/planning/organisations/{world.academy}"' in course
    assert "nobody can enrol" not in (await browser.get(f"/planning/courses/{world.course}")).text.lower()


async def test_every_list_finds_by_pinyin(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    place = world.places.community.code
    await browser.post("/planning/teachers/new", {"name": "曾老师", "engagement": "volunteer"})
    await browser.post("/planning/venues/new", {"name": "音乐厅", "place": place})
    await browser.post(
        "/planning/organisations/new", {"name": "长乐学堂", "kind": "elder_academy", "place": place}
    )
    await browser.post(f"/planning/organisations/{world.academy}/courses/new", {"title": "书法", "subject": ""})
    for path, words, said in (
        ("teachers", "zengls", "曾老师"),
        ("teachers", "zeng", "曾老师"),
        ("teachers", "zls", "曾老师"),
        ("venues", "yinyue", "音乐厅"),
        ("venues", "yyt", "音乐厅"),
        ("organisations", "changle", "长乐学堂"),
        ("organisations", "clxt", "长乐学堂"),
        ("courses", "shufa", "书法"),
        ("courses", "sf", "书法"),
    ):
        text = (await browser.get(f"/planning/{path}", params={"words": words})).text
        assert (said in text) is (words != "zengls"), (path, words)
    renamed = await browser.get("/planning/teachers", params={"words": "zeng"})
    address = renamed.text.split('href="/planning/teachers/')[2].split('"')[0]
    await browser.post(f"/planning/teachers/{address}/edit", {"name": "解老师", "engagement": "volunteer"})
    assert "解老师" in (await browser.get("/planning/teachers", params={"words": "xls"})).text


async def test_two_teachers_of_one_name_are_told_apart_where_one_chooses(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    district = world.places.district.id
    await add_teacher(district_id=district, name="王老师", engagement="volunteer", known_by="剪纸", by=CLI)
    await add_teacher(district_id=district, name="王老师", engagement="volunteer", known_by="尾号1234", by=CLI)
    form = (await browser.get(f"/planning/courses/{world.course}/runs/new")).text
    assert "王老师 · 剪纸" in form and "王老师 · 尾号1234" in form
    assert "尾号1234" in (await browser.get("/planning/teachers?words=1234")).text
