<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AfterHours</name>
    <message>
        <source>The {language} answer is longer than {n} characters.</source>
        <translation>{language}回复超过了 {n} 个字。</translation>
    </message>
    <message>
        <source>Nothing: the automatic answer is off.</source>
        <translation>不回复:自动回复没有打开。</translation>
    </message>
    <message>
        <source>Nothing: the shop is open then.</source>
        <translation>不回复:那时店里在营业。</translation>
    </message>
    <message>
        <source>Automatic answer</source>
        <translation>自动回复</translation>
    </message>
    <message>
        <source>Answer whoever writes while the shop is shut</source>
        <translation>打烊后有人发消息时自动回复</translation>
    </message>
    <message>
        <source>Answer in</source>
        <translation>回复用</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>您的话</translation>
    </message>
    <message>
        <source>Words of the automatic answer</source>
        <translation>自动回复的内容</translation>
    </message>
    <message>
        <source>+ when we open again</source>
        <translation>+ 下次开门时间</translation>
    </message>
    <message>
        <source>Left empty, the words shown in grey are sent. {when} becomes the next opening. Each member gets it once for every time the shop is shut.</source>
        <translation>留空时发送灰色的那段话。{when} 会换成下次开门的时间。每次打烊期间,每位会员只收到一次。</translation>
    </message>
    <message>
        <source>Who would get what</source>
        <translation>谁会收到什么</translation>
    </message>
    <message>
        <source>A member who writes now:</source>
        <translation>现在发消息的会员:</translation>
    </message>
    <message>
        <source>A member who writes on</source>
        <translation>会员若在这个时间发消息:</translation>
    </message>
    <message>
        <source>Day of the preview</source>
        <translation>预览的星期</translation>
    </message>
    <message>
        <source>Time of the preview</source>
        <translation>预览的时间</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{n} of {all} answered</source>
        <translation>{all} 人中 {n} 人已回答</translation>
    </message>
    <message>
        <source>1 member · {percent} %</source>
        <translation>1 人 · {percent}%</translation>
    </message>
    <message>
        <source>{n} members · {percent} %</source>
        <translation>{n} 人 · {percent}%</translation>
    </message>
    <message>
        <source>Nobody chose this</source>
        <translation>还没有人选这一项</translation>
    </message>
    <message>
        <source>Nobody has answered yet</source>
        <translation>还没有人回答</translation>
    </message>
    <message>
        <source>Answers show here as they come in.</source>
        <translation>会员一回答,就会显示在这里。</translation>
    </message>
    <message>
        <source>New bucket…</source>
        <translation>新分类…</translation>
    </message>
    <message>
        <source>Where their words belong</source>
        <translation>按内容自动归类</translation>
    </message>
    <message>
        <source>Put 1 answer into a new bucket:</source>
        <translation>把 1 条回答放进新分类:</translation>
    </message>
    <message>
        <source>Put {n} answers into a new bucket:</source>
        <translation>把 {n} 条回答放进新分类:</translation>
    </message>
    <message>
        <source>New bucket</source>
        <translation>新分类</translation>
    </message>
    <message>
        <source>Rename the bucket</source>
        <translation>给分类改名</translation>
    </message>
    <message>
        <source>A name that another bucket has joins the two.</source>
        <translation>改成已有的名字,两类就合并。</translation>
    </message>
    <message>
        <source>Save as a segment</source>
        <translation>存为人群</translation>
    </message>
    <message>
        <source>1 member under the name:</source>
        <translation>1 位会员,人群名称:</translation>
    </message>
    <message>
        <source>{n} members under the name:</source>
        <translation>{n} 位会员,人群名称:</translation>
    </message>
    <message>
        <source>Segment “{name}” is saved.</source>
        <translation>已存为人群“{name}”。</translation>
    </message>
    <message>
        <source>The buying list is copied.</source>
        <translation>进货单已复制。</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Copy the buying list</source>
        <translation>复制进货单</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>改名…</translation>
    </message>
    <message>
        <source>Move to…</source>
        <translation>移到…</translation>
    </message>
    <message>
        <source>Save as a segment…</source>
        <translation>存为人群…</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Groups of answers</source>
        <translation>回答的分类</translation>
    </message>
    <message>
        <source>Answers in the group</source>
        <translation>这一类的回答</translation>
    </message>
    <message>
        <source>M moves, Ctrl+Z takes it back</source>
        <translation>按 M 移动,Ctrl+Z 撤销</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>In their own words</source>
        <translation>自己写的</translation>
    </message>
    <message>
        <source>Read and sort the answers…</source>
        <translation>查看并整理回答…</translation>
    </message>
    <message>
        <source>Choice {n}</source>
        <translation>选项 {n}</translation>
    </message>
    <message>
        <source>Unsorted</source>
        <translation>未归类</translation>
    </message>
    <message>
        <source>By one tap</source>
        <translation>点选的</translation>
    </message>
    <message>
        <source>+ New bucket: drag answers here</source>
        <translation>+ 新分类:把回答拖到这里</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>In the group</source>
        <translation>该类人数</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>已写入 {file}。</translation>
    </message>
    <message>
        <source>Export the buying list</source>
        <translation>导出进货单</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Buying list</source>
        <translation>进货单</translation>
    </message>
    <message>
        <source>Own words</source>
        <translation>自己写的</translation>
    </message>
</context>
<context>
    <name>Attached</name>
    <message>
        <source>Take it out</source>
        <translation>取下</translation>
    </message>
</context>
<context>
    <name>Bookings</name>
    <message>
        <source>Book a fitting</source>
        <translation>预约试穿</translation>
    </message>
    <message>
        <source>Member: name, pinyin or the last digits of the number</source>
        <translation>会员:姓名、拼音或手机尾号</translation>
    </message>
    <message>
        <source>Members found</source>
        <translation>找到的会员</translation>
    </message>
    <message>
        <source>Free times</source>
        <translation>空闲时段</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>试衣间</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The next day</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>No fitting rooms yet</source>
        <translation>还没有试衣间</translation>
    </message>
    <message>
        <source>Closed on this day</source>
        <translation>这一天不营业</translation>
    </message>
    <message>
        <source>Nothing is free on this day</source>
        <translation>这一天已约满</translation>
    </message>
    <message>
        <source>Fitting rooms of the day</source>
        <translation>当天的试衣间</translation>
    </message>
    <message>
        <source>Fittings</source>
        <translation>试衣</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Book a fitting…</source>
        <translation>约试穿…</translation>
    </message>
    <message>
        <source>Rooms…</source>
        <translation>试衣间…</translation>
    </message>
    <message>
        <source>Add rooms…</source>
        <translation>添加试衣间…</translation>
    </message>
    <message>
        <source>The owner can add them here.</source>
        <translation>店主可以在这里添加。</translation>
    </message>
    <message>
        <source>{name}: {time}</source>
        <translation>{name}:{time}</translation>
    </message>
    <message>
        <source>{name}&apos;s fitting is cancelled</source>
        <translation>已取消 {name} 的试穿</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>No line to the relay. What you book now is asked for, and granted or refused when the line is back.</source>
        <translation>与店铺服务的连接断开了。现在预约的先记为“已申请”,恢复连接后再确认或告知约不上。</translation>
    </message>
    <message>
        <source>{n} to lay out</source>
        <translation>备货 {n} 件</translation>
    </message>
    <message>
        <source>Choose a fitting to see what is to be laid out. Drag it to another time or room, or move it with Shift and the arrows; a free place is booked with Enter.</source>
        <translation>选中一个预约,查看要备好的衣服。可拖到别的时段或试衣间,也可按 Shift 加方向键移动;在空闲处按回车即可预约。</translation>
    </message>
    <message>
        <source>She is here</source>
        <translation>已到店</translation>
    </message>
    <message>
        <source>She bought</source>
        <translation>已购买</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Booked again</source>
        <translation>恢复预约</translation>
    </message>
    <message>
        <source>Cancel the fitting</source>
        <translation>取消预约</translation>
    </message>
    <message>
        <source>To the chat</source>
        <translation>去会话</translation>
    </message>
    <message>
        <source>To lay out</source>
        <translation>备货清单</translation>
    </message>
    <message>
        <source>Nothing yet. What is kept for her comes here by itself.</source>
        <translation>还没有。为她留的货会自动出现在这里。</translation>
    </message>
    <message>
        <source>The relay has not agreed yet: promise nothing before.</source>
        <translation>店铺服务还没有确认,请先不要答应客人。</translation>
    </message>
    <message>
        <source>She booked it herself.</source>
        <translation>会员自己预约的。</translation>
    </message>
    <message>
        <source>Fitting rooms</source>
        <translation>试衣间</translation>
    </message>
    <message>
        <source>Add a room</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>One fitting takes</source>
        <translation>每次试穿时长</translation>
    </message>
    <message>
        <source>Name of another room</source>
        <translation>新试衣间的名字</translation>
    </message>
    <message>
        <source>Rooms are changed when the line to the relay is back.</source>
        <translation>恢复与店铺服务的连接后才能修改试衣间。</translation>
    </message>
    <message>
        <source>Name of the room</source>
        <translation>试衣间的名字</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>booked</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>已到店</translation>
    </message>
    <message>
        <source>bought</source>
        <translation>已购买</translation>
    </message>
    <message>
        <source>did not come</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>no shelf known</source>
        <translation>货架未登记</translation>
    </message>
    <message>
        <source>{shelf} · kept for her</source>
        <translation>{shelf} · 已为她留货</translation>
    </message>
    <message>
        <source>{n} in stock</source>
        <translation>库存 {n} 件</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>{name} is booked: {when}</source>
        <translation>已约好 {name}:{when}</translation>
    </message>
    <message>
        <source>Asked for {name}: {when}. It is granted or refused when the line is back.</source>
        <translation>已为 {name} 申请:{when}。恢复连接后会确认或告知约不上。</translation>
    </message>
    <message>
        <source>Name the rooms, and members can book them on their phone.</source>
        <translation>给试衣间起好名字,会员就能在手机上预约。</translation>
    </message>
    <message>
        <source>Members see when a room is free, never who has it.</source>
        <translation>会员只看得到哪些时段有空,看不到是谁约的。</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>You took back a message</source>
        <translation>你撤回了一条消息</translation>
    </message>
    <message>
        <source>{name} took back a message</source>
        <translation>{name}撤回了一条消息</translation>
    </message>
    <message>
        <source>Automatic answer</source>
        <translation>自动回复</translation>
    </message>
    <message>
        <source>Note by {name} · only staff see this</source>
        <translation>{name}的备注 · 仅店员可见</translation>
    </message>
    <message>
        <source>Was to be sent {when}</source>
        <translation>原定{when}发送</translation>
    </message>
    <message>
        <source>Will be sent {when}</source>
        <translation>将于{when}发送</translation>
    </message>
    <message>
        <source>Uploading {n}%</source>
        <translation>上传中 {n}%</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>Waiting to send</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>取消发送</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>换个时间…</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Read {time}</source>
        <translation>已读 {time}</translation>
    </message>
    <message>
        <source>Delivered {time}</source>
        <translation>已送达 {time}</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Sold out for now</source>
        <translation>暂时售罄</translation>
    </message>
    <message>
        <source>{sizes} in stock</source>
        <translation>{sizes} 有货</translation>
    </message>
    <message>
        <source>This message was taken back</source>
        <translation>这条消息已撤回</translation>
    </message>
    <message>
        <source>An earlier message</source>
        <translation>更早的一条消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>A campaign was recalled</source>
        <translation>活动消息已撤回</translation>
    </message>
    <message>
        <source>Coupon: {title} · valid until {until}</source>
        <translation>优惠券:{title} · 有效期至 {until}</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>{question} · She answered: {answer}</source>
        <translation>{question} · 她的回答:{answer}</translation>
    </message>
    <message>
        <source>{question} · No answer yet</source>
        <translation>{question} · 还没有回答</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>下个月</translation>
    </message>
</context>
<context>
    <name>Campaigns</name>
    <message>
        <source>Untitled campaign</source>
        <translation>未命名活动</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>To be confirmed</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>已定时</translation>
    </message>
    <message>
        <source>Late: decide</source>
        <translation>已过时间,请决定</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>sent to {n}</source>
        <translation>已发 {n} 人</translation>
    </message>
    <message>
        <source>read by {n} ({percent} %)</source>
        <translation>已读 {n} 人({percent}%)</translation>
    </message>
    <message>
        <source>answered by {n}</source>
        <translation>回复 {n} 人</translation>
    </message>
    <message>
        <source>{n} to go</source>
        <translation>还有 {n} 人</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>From a weekly one</source>
        <translation>每周活动</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation type="unfinished">{n} 张图片</translation>
    </message>
    <message>
        <source>Not joined yet</source>
        <translation>还没加入</translation>
    </message>
    <message>
        <source>No way to reach her</source>
        <translation>没有触达方式</translation>
    </message>
    <message>
        <source>Opted out</source>
        <translation>已退订</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>已拉黑</translation>
    </message>
    <message>
        <source>Enough this week</source>
        <translation>本周已满</translation>
    </message>
    <message>
        <source>Holdout {n} %</source>
        <translation>对照组 {n}%</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>No version fits</source>
        <translation>没有合适的版本</translation>
    </message>
    <message>
        <source>Erased</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>Tomorrow {time}</source>
        <translation>明天 {time}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Points</source>
        <translation type="unfinished">积分</translation>
    </message>
    <message>
        <source>Points to a coupon</source>
        <translation>差多少分换券</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation type="unfinished">等级</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation type="unfinished">问过的商品</translation>
    </message>
    <message>
        <source>Bought last</source>
        <translation>买过的商品</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation type="unfinished">生日</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>New arrivals</source>
        <translation>新款到店</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>促销优惠</translation>
    </message>
    <message>
        <source>Back in stock</source>
        <translation>补货通知</translation>
    </message>
    <message>
        <source>Outfits</source>
        <translation>搭配灵感</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Weekend</source>
        <translation>周末到店</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>Women</source>
        <translation>女装</translation>
    </message>
    <message>
        <source>Men</source>
        <translation>男装</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Words and photos to many members at once</source>
        <translation>把文字和照片一次发给很多会员</translation>
    </message>
    <message>
        <source>New campaign</source>
        <translation>新建活动</translation>
    </message>
    <message>
        <source>No campaign yet</source>
        <translation>还没有活动</translation>
    </message>
    <message>
        <source>Drag in ten photos, write two lines, choose who gets it.</source>
        <translation>拖入几张照片,写两句话,选好发给谁。</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已自动保存</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>How it looks on a member&apos;s phone</source>
        <translation>在会员手机上的样子</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>选用模板</translation>
    </message>
    <message>
        <source>Name of the campaign</source>
        <translation>活动名称</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished">撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Throw the draft away</source>
        <translation>删除草稿</translation>
    </message>
    <message>
        <source>Keep mine as a new campaign</source>
        <translation>把我的另存为新活动</translation>
    </message>
    <message>
        <source>Give mine up</source>
        <translation>放弃我的修改</translation>
    </message>
    <message>
        <source>Another console had: {title} {words}</source>
        <translation>另一台电脑上写的是:{title} {words}</translation>
    </message>
    <message>
        <source>Use theirs</source>
        <translation>用那一份</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Choose a name to see the preview as she does.</source>
        <translation>点一个名字,看她手机上的样子。</translation>
    </message>
    <message>
        <source>1 more is not listed.</source>
        <translation>还有 1 人没有列出。</translation>
    </message>
    <message>
        <source>{n} more are not listed.</source>
        <translation>还有 {n} 人没有列出。</translation>
    </message>
    <message>
        <source>{n} · drag photos in, drag to reorder</source>
        <translation>{n} 张 · 拖入照片,拖动排序</translation>
    </message>
    <message>
        <source>At most {n} photos: {names} left out</source>
        <translation>最多 {n} 张照片,没有放入:{names}</translation>
    </message>
    <message>
        <source>{name} cannot be read</source>
        <translation>{name} 读不出来</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}:{reason}</translation>
    </message>
    <message>
        <source>Photos and videos</source>
        <translation>照片和视频</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation type="unfinished">选择图片</translation>
    </message>
    <message>
        <source>Looking at photo {n} of {all}…</source>
        <translation>正在处理第 {n} / {all} 张…</translation>
    </message>
    <message>
        <source>Photo {n} cannot be cropped: {reason}</source>
        <translation>第 {n} 张照片无法裁剪:{reason}</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished">图片</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">停止</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Colour strip</source>
        <translation type="unfinished">颜色对比</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>九宫格</translation>
    </message>
    <message>
        <source>The pasted picture</source>
        <translation type="unfinished">粘贴的图片</translation>
    </message>
    <message>
        <source>as {name} sees it</source>
        <translation>{name} 看到的样子</translation>
    </message>
    <message>
        <source>What you write and drag in shows here.</source>
        <translation>写的文字和拖入的照片会显示在这里。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished">深色</translation>
    </message>
    <message>
        <source>Preview as this member sees it</source>
        <translation>按这位会员的样子预览</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回复</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>发送情况</translation>
    </message>
    <message>
        <source>Click a line for the names</source>
        <translation>点任一行看名单</translation>
    </message>
    <message>
        <source>Recipients by state</source>
        <translation>按状态看会员</translation>
    </message>
    <message>
        <source>To go</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>下周再发</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>A correction to those who read it (may stay empty):</source>
        <translation>给读过的会员发一条更正(可不填):</translation>
    </message>
    <message>
        <source>Recall it</source>
        <translation>整体撤回</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不撤回</translation>
    </message>
    <message>
        <source>1 unread copy vanishes.</source>
        <translation>1 条未读的会直接消失。</translation>
    </message>
    <message>
        <source>{n} unread copies vanish.</source>
        <translation>{n} 条未读的会直接消失。</translation>
    </message>
    <message>
        <source>1 member has read it; words and photos are erased there too, and a notice says so.</source>
        <translation>1 位会员已经读过,那里的文字和照片也会删除,并显示已撤回。</translation>
    </message>
    <message>
        <source>{n} members have read it; words and photos are erased there too, and a notice says so.</source>
        <translation>{n} 位会员已经读过,那里的文字和照片也会删除,并显示已撤回。</translation>
    </message>
    <message>
        <source>It goes to {n} members. Type this number to confirm:</source>
        <translation>这次会发给 {n} 位会员,请输入这个数字确认:</translation>
    </message>
    <message>
        <source>Waiting for the line…</source>
        <translation>等待网络…</translation>
    </message>
    <message>
        <source>Leaves in 1 second</source>
        <translation>1 秒后发出</translation>
    </message>
    <message>
        <source>Leaves in {n} seconds</source>
        <translation>{n} 秒后发出</translation>
    </message>
    <message>
        <source>Leaves {when}</source>
        <translation>定在{when} 发出</translation>
    </message>
    <message>
        <source>Photos are on their way: {n} %</source>
        <translation>照片正在上传:{n}%</translation>
    </message>
    <message>
        <source>Write something or drag photos in first.</source>
        <translation>请先写点文字或拖入照片。</translation>
    </message>
    <message>
        <source>Nothing leaves before that; for 60 seconds it can be undone, later it can be recalled.</source>
        <translation>60 秒内可撤销,到时才发出;之后可整体撤回。</translation>
    </message>
    <message>
        <source>The relay was not running at its time. Send it now, or not at all.</source>
        <translation>到了时间但服务没有运行。现在发送,或者不发。</translation>
    </message>
    <message>
        <source>Taken back: {unread} unread, {read} read.</source>
        <translation>已撤回:未读 {unread} 条,已读 {read} 条。</translation>
    </message>
    <message>
        <source>Send every {day} {time}</source>
        <translation>每{day} {time} 发送</translation>
    </message>
    <message>
        <source>Send {when}</source>
        <translation>定在{when} 发送</translation>
    </message>
    <message>
        <source>Send in 60 seconds</source>
        <translation>60 秒后发送</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>安排发送</translation>
    </message>
    <message>
        <source>Send at once</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Undo: back to the draft</source>
        <translation>撤销,回到草稿</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished">暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续发送</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>取消,剩下的不发</translation>
    </message>
    <message>
        <source>Recall…</source>
        <translation>整体撤回…</translation>
    </message>
    <message>
        <source>Send again to who did not read it</source>
        <translation>再发给没读的</translation>
    </message>
    <message>
        <source>Send again to whom it did not reach</source>
        <translation>再发给没收到的</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished">删除</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认发送</translation>
    </message>
    <message>
        <source>Back to the draft</source>
        <translation>回到草稿</translation>
    </message>
    <message>
        <source>Number of members</source>
        <translation>会员人数</translation>
    </message>
    <message>
        <source>Remove this one</source>
        <translation>删除这个模板</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>模板名称</translation>
    </message>
    <message>
        <source>What a template has takes the place of what is here; it can be undone.</source>
        <translation>模板里有的内容会替换这里的,可以撤销。</translation>
    </message>
    <message>
        <source>Keep this version with its offer and question:</source>
        <translation>把这个版本连同优惠和提问存为模板:</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation type="unfinished">优惠券</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>其他时间…</translation>
    </message>
    <message>
        <source>This time is past: it would leave in a minute.</source>
        <translation>这个时间已过,会在一分钟后发出。</translation>
    </message>
    <message>
        <source>Quiet hours 21:30–9:00: it waits until 9:00.</source>
        <translation>免打扰时段 21:30–9:00:会等到 9:00 再发。</translation>
    </message>
    <message>
        <source>Nothing leaves in the quiet hours 21:30–9:00.</source>
        <translation>免打扰时段 21:30–9:00 不发送。</translation>
    </message>
    <message>
        <source>Now (in 60 seconds)</source>
        <translation>现在(60 秒后)</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Day of the week</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Time of the day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Who did not read it</source>
        <translation>上次没读的会员</translation>
    </message>
    <message>
        <source>Whom it did not reach</source>
        <translation>上次没收到的会员</translation>
    </message>
    <message>
        <source>member will receive it</source>
        <translation>位会员将收到</translation>
    </message>
    <message>
        <source>members will receive it</source>
        <translation>位会员将收到</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>看明细</translation>
    </message>
    <message>
        <source>The shop is still being copied: there may be more.</source>
        <translation>店里的资料还在同步,人数可能更多。</translation>
    </message>
    <message>
        <source>For 1 member this is the last notice of the week: nothing more reaches her before Monday.</source>
        <translation>这次会用掉 1 位会员本周的最后一条名额,下周一之前不能再给她发。</translation>
    </message>
    <message>
        <source>For {n} members this is the last notice of the week: nothing more reaches them before Monday.</source>
        <translation>这次会用掉 {n} 位会员本周的最后一条名额,下周一之前不能再给她们发。</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>One for all</source>
        <translation>统一</translation>
    </message>
    <message>
        <source>Women / men</source>
        <translation>女装 / 男装</translation>
    </message>
    <message>
        <source>Who will receive it, and why not</source>
        <translation>谁会收到,谁不会、为什么</translation>
    </message>
    <message>
        <source>Meant</source>
        <translation>符合条件</translation>
    </message>
    <message>
        <source>Will receive it</source>
        <translation>将收到</translation>
    </message>
    <message>
        <source>1 letter left</source>
        <translation>还可写 1 字</translation>
    </message>
    <message>
        <source>{n} letters left</source>
        <translation>还可写 {n} 字</translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished">内容</translation>
    </message>
    <message>
        <source>Insert:</source>
        <translation>插入:</translation>
    </message>
    <message>
        <source>Words of the campaign</source>
        <translation>活动文字</translation>
    </message>
    <message>
        <source>What the members will read. Fields become each one&apos;s own.</source>
        <translation>写给会员的话。插入的字段会换成每位会员自己的。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names},另有 {n} 个</translation>
    </message>
    <message>
        <source>Photo {n} stays as it was: {reason}</source>
        <translation>第 {n} 张照片保持原样:{reason}</translation>
    </message>
    <message>
        <source>Try it on our phones</source>
        <translation>先发到自己手机看看</translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">关闭</translation>
    </message>
    <message>
        <source>Every version goes to these phones at once, just as members will see it. It counts in no figure and uses up no notice.</source>
        <translation>每个版本都会立刻发到这些手机上,和会员看到的一模一样;不计入任何数据,也不占用每周次数。</translation>
    </message>
    <message>
        <source>Join on your own phone as members do, then look for yourself:</source>
        <translation>先像会员一样用自己的手机加入,再在这里找到自己:</translation>
    </message>
    <message>
        <source>The owner says whose phones these are.</source>
        <translation>这些手机由店主指定。</translation>
    </message>
    <message>
        <source>Send to 1 phone</source>
        <translation>发到 1 部手机</translation>
    </message>
    <message>
        <source>Send to {n} phones</source>
        <translation>发到 {n} 部手机</translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished">发送</translation>
    </message>
    <message>
        <source>1 message is on its way.</source>
        <translation>1 条消息已经发出。</translation>
    </message>
    <message>
        <source>{n} messages are on their way.</source>
        <translation>{n} 条消息已经发出。</translation>
    </message>
    <message>
        <source>They leave as soon as the relay answers.</source>
        <translation>等中继一有回应就发出。</translation>
    </message>
    <message>
        <source>None of them has joined on a phone and takes notices.</source>
        <translation>其中还没有人用手机加入并接收通知。</translation>
    </message>
    <message>
        <source>claimed {n} of {all}</source>
        <translation>已领 {n}/{all}</translation>
    </message>
    <message>
        <source>redeemed {n}</source>
        <translation>核销 {n}</translation>
    </message>
    <message>
        <source>Something is wrong with the offer; see there.</source>
        <translation>优惠里有一处需要修改,请看那里的提示。</translation>
    </message>
    <message>
        <source>The coupons of the first sending, as many as are left.</source>
        <translation>与第一次发送共用优惠券,剩多少就是多少。</translation>
    </message>
    <message>
        <source>Each week has coupons of its own; the deadline moves along by whole weeks.</source>
        <translation>每周各有一批优惠券,截止时间按整周顺延。</translation>
    </message>
    <message>
        <source>One for each member, whoever claims first.</source>
        <translation>每位会员限领一张,先到先得。</translation>
    </message>
    <message>
        <source>Limited offer</source>
        <translation>限时限量优惠</translation>
    </message>
    <message>
        <source>+ Coupons for whoever is first</source>
        <translation>+ 限时限量优惠券</translation>
    </message>
    <message>
        <source>Remove the offer</source>
        <translation>去掉优惠</translation>
    </message>
    <message>
        <source>20 % off this weekend</source>
        <translation>周末 8 折券</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量(张)</translation>
    </message>
    <message>
        <source>Claimed until</source>
        <translation>领取截止</translation>
    </message>
    <message>
        <source>Coupon valid until</source>
        <translation>券有效期至</translation>
    </message>
    <message>
        <source>Say what the coupon is for.</source>
        <translation>请写明这是什么券。</translation>
    </message>
    <message>
        <source>At least one.</source>
        <translation>至少 1 张。</translation>
    </message>
    <message>
        <source>At most 10,000.</source>
        <translation>最多 10,000 张。</translation>
    </message>
    <message>
        <source>This time is past; choose one to come.</source>
        <translation>这个时间已经过去,请选以后的时间。</translation>
    </message>
    <message>
        <source>It would be over before the campaign leaves; choose a later time.</source>
        <translation>活动还没发出优惠就截止了,请选更晚的时间。</translation>
    </message>
    <message>
        <source>At most a year ahead.</source>
        <translation>最多提前一年。</translation>
    </message>
    <message>
        <source>The coupon must be good until the deadline at least.</source>
        <translation>券的有效期不能早于领取截止。</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Offer: {title}</source>
        <translation>优惠:{title}</translation>
    </message>
    <message>
        <source>Claimed {n} of {all}, redeemed {used}</source>
        <translation>已领 {n}/{all},核销 {used}</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>已领取</translation>
    </message>
    <message>
        <source>Redeemed</source>
        <translation>已核销</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>还剩</translation>
    </message>
    <message>
        <source>closing: waiting for the line…</source>
        <translation>正在结束:等待网络…</translation>
    </message>
    <message>
        <source>closed {when}</source>
        <translation>{when} 提前结束</translation>
    </message>
    <message>
        <source>ended {when}</source>
        <translation>{when} 已截止</translation>
    </message>
    <message>
        <source>all taken</source>
        <translation>已领完</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>{when} 截止</translation>
    </message>
    <message>
        <source>Close the offer now…</source>
        <translation>提前结束优惠…</translation>
    </message>
    <message>
        <source>Coupons by state</source>
        <translation>优惠券各状态</translation>
    </message>
    <message>
        <source>Close the offer</source>
        <translation>提前结束优惠</translation>
    </message>
    <message>
        <source>1 of {all} is left. From now on nobody gets one.</source>
        <translation>共 {all} 张,还剩 1 张。从现在起不再发放。</translation>
    </message>
    <message>
        <source>{n} of {all} are left. From now on nobody gets one.</source>
        <translation>共 {all} 张,还剩 {n} 张。从现在起不再发放。</translation>
    </message>
    <message>
        <source>The coupons that were claimed stay valid. A closed offer cannot be opened again.</source>
        <translation>已领取的券照常可用。结束后不能重新开放。</translation>
    </message>
    <message>
        <source>Close it now</source>
        <translation>现在结束</translation>
    </message>
    <message>
        <source>Leave it open</source>
        <translation>先不结束</translation>
    </message>
    <message>
        <source>The question has no answer yet; see there.</source>
        <translation>提问还没有可选的回答,请看提问那里。</translation>
    </message>
    <message>
        <source>The same question as at first, with one tally for both.</source>
        <translation>和第一次问的一样,两次的回答合在一起统计。</translation>
    </message>
    <message>
        <source>Each week has a tally of its own.</source>
        <translation>每一期的回答单独统计。</translation>
    </message>
    <message>
        <source>One answer for each member, who may change it.</source>
        <translation>每位会员一个回答,可以随时改。</translation>
    </message>
    <message>
        <source>Choice {n}</source>
        <translation>选项 {n}</translation>
    </message>
    <message>
        <source>Remove choice {n}</source>
        <translation>去掉选项 {n}</translation>
    </message>
    <message>
        <source>+ Ask something (answers are counted)</source>
        <translation>+ 提问(自动统计回复)</translation>
    </message>
    <message>
        <source>Remove the question</source>
        <translation>去掉提问</translation>
    </message>
    <message>
        <source>What members are asked</source>
        <translation>问会员什么</translation>
    </message>
    <message>
        <source>May stay empty when the words above ask already</source>
        <translation>上面的文字已经问了,就不用再填</translation>
    </message>
    <message>
        <source>Choices, answered by one tap</source>
        <translation>选项,会员点一下就回答</translation>
    </message>
    <message>
        <source>+ Choice</source>
        <translation>+ 选项</translation>
    </message>
    <message>
        <source>They may also answer in their own words</source>
        <translation>也可以自己写</translation>
    </message>
    <message>
        <source>Give a choice, or let them answer in their own words.</source>
        <translation>请至少写一个选项,或让会员自己写。</translation>
    </message>
    <message>
        <source>Name of the coupon</source>
        <translation>券名</translation>
    </message>
    <message>
        <source>{field}, where there is none:</source>
        <translation>没有{field}时写:</translation>
    </message>
    <message>
        <source>Send to myself</source>
        <translation>发给自己看看</translation>
    </message>
    <message>
        <source>Its offer has ended, so it can go to nobody else with it.</source>
        <translation>优惠已经截止,不能再发给其他人。</translation>
    </message>
    <message>
        <source>{name}: a version shows photos or one video</source>
        <translation>{name}:一个版本里要么放照片,要么放一段视频</translation>
    </message>
    <message>
        <source>A campaign takes photos (JPEG, PNG, WebP, HEIC, AVIF, GIF) or one video.</source>
        <translation>活动里可以放照片(JPEG、PNG、WebP、HEIC、AVIF、GIF)或一段视频。</translation>
    </message>
    <message>
        <source>a video stands alone; it is made small for phones</source>
        <translation>视频单独成一条,会压缩成适合手机的大小</translation>
    </message>
    <message>
        <source>Holdout</source>
        <translation>对照组</translation>
    </message>
    <message>
        <source>Taken back: its words and photos are erased.</source>
        <translation>已撤回,文字和照片都已删除。</translation>
    </message>
    <message>
        <source>As it is meant now, nobody would receive it.</source>
        <translation>按现在的人群,没有会员会收到。</translation>
    </message>
    <message>
        <source>To change it, take it back to the draft.</source>
        <translation>要修改,请先撤销,回到草稿。</translation>
    </message>
    <message>
        <source>Report: who read it, what came of it…</source>
        <translation>活动报告:谁看了、之后怎样…</translation>
    </message>
    <message>
        <source>Got it before a merge</source>
        <translation>合并前已收到</translation>
    </message>
    <message>
        <source>Read it meanwhile</source>
        <translation>其间已读</translation>
    </message>
    <message>
        <source>Photos wait to be uploaded; it begins by itself once there is a line.</source>
        <translation>照片等待上传,连上网后会自动开始。</translation>
    </message>
    <message>
        <source>“{title}” is kept as soon as its photos are uploaded</source>
        <translation>照片传完后就会存为模板「{title}」</translation>
    </message>
    <message>
        <source>Kept as a template: {title}</source>
        <translation>已存为模板「{title}」</translation>
    </message>
    <message>
        <source>Stopped: decide</source>
        <translation>已停下,请决定</translation>
    </message>
    <message>
        <source>The shop&apos;s data was brought back from a backup ({when}). Some may have got this already: ask or look before you go on.</source>
        <translation>店里的数据从备份恢复过({when})。有的会员可能已经收到这条:先问一问、看一看,再决定要不要继续。</translation>
    </message>
    <message>
        <source>Version A</source>
        <translation>A 版</translation>
    </message>
    <message>
        <source>Version B</source>
        <translation>B 版</translation>
    </message>
    <message>
        <source>Chance decides: half of them get A, the others B. Not together with versions for women and men.</source>
        <translation>随机分:一半人收 A 版,其余收 B 版。不能和男女两版同时用。</translation>
    </message>
    <message>
        <source>A / B</source>
        <translation>A / B</translation>
    </message>
    <message>
        <source>Versions A and B, by chance</source>
        <translation>A、B 两版,随机分</translation>
    </message>
    <message>
        <source>{n} members each: too few to tell anything.</source>
        <translation>每版 {n} 人:人太少,比不出什么。</translation>
    </message>
    <message>
        <source>About {n} members each; how many usually read is not known yet. If half of them do, a difference of {points} points or more can be seen (in 80 of 100 cases).</source>
        <translation>每版约 {n} 人;平时阅读率还不知道。若有一半人看,相差 {points} 个百分点以上才看得出(100 次里 80 次)。</translation>
    </message>
    <message>
        <source>About {n} members each, of whom {usual} usually read: a difference of {points} points or more can be seen (in 80 of 100 cases).</source>
        <translation>每版约 {n} 人,平时阅读率 {usual}:相差 {points} 个百分点以上才看得出(100 次里 80 次)。</translation>
    </message>
    <message>
        <source>Got it by another sending</source>
        <translation>已由另一次发送送达</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>The figures are copied.</source>
        <translation>数据已复制。</translation>
    </message>
    <message>
        <source>The picture is copied.</source>
        <translation>图片已复制。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>保存为 SVG…</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>What can be done with the chart: {what}</source>
        <translation>图表操作:{what}</translation>
    </message>
    <message>
        <source>Copy, save, show in another way</source>
        <translation>复制、保存、换种显示方式</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Mine</source>
        <translation>我负责</translation>
    </message>
    <message>
        <source>With {name}</source>
        <translation>{name} 负责</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>稍后提醒</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Done, and on to the next</source>
        <translation>完成,并打开下一个</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>The member</source>
        <translation>会员资料</translation>
    </message>
    <message>
        <source>{name} is typing…</source>
        <translation>{name}正在输入…</translation>
    </message>
    <message>
        <source>Online · phone page</source>
        <translation>在线 · 手机网页</translation>
    </message>
    <message>
        <source>Has not joined on a phone yet</source>
        <translation>还没有用手机加入</translation>
    </message>
    <message>
        <source>Not online</source>
        <translation>不在线</translation>
    </message>
    <message>
        <source>Last here {time}</source>
        <translation>上次在线 {time}</translation>
    </message>
</context>
<context>
    <name>CheckIn</name>
    <message>
        <source>{n} points</source>
        <translation>{n} 积分</translation>
    </message>
    <message>
        <source>Birthday today</source>
        <translation>今天生日</translation>
    </message>
    <message>
        <source>Birthday tomorrow</source>
        <translation>明天生日</translation>
    </message>
    <message>
        <source>Birthday in {n} days</source>
        <translation>{n} 天后生日</translation>
    </message>
    <message>
        <source>{words} (lunar)</source>
        <translation>{words}(农历)</translation>
    </message>
    <message>
        <source>Waiting for her</source>
        <translation>为她留着</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Bought last</source>
        <translation>买过的商品</translation>
    </message>
    <message>
        <source>Asked about last</source>
        <translation>最近问过</translation>
    </message>
    <message>
        <source>shelf {shelf}</source>
        <translation>货位 {shelf}</translation>
    </message>
    <message>
        <source>{n} pcs</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>kept until {when}</source>
        <translation>留到 {when}</translation>
    </message>
    <message>
        <source>kept for her</source>
        <translation>已留好</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>the relay has not answered yet</source>
        <translation>服务端还没有回应</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>She was not the one: count no visit</source>
        <translation>认错人了:不计这次到店</translation>
    </message>
    <message>
        <source>What is to be known of her</source>
        <translation>关于这位会员</translation>
    </message>
    <message>
        <source>Nobody is found. A name, pinyin or the last digits of her number lead to her.</source>
        <translation>没有找到。可以输入姓名、拼音或手机尾号。</translation>
    </message>
    <message>
        <source>{n} numbers end like this. Choose with ↑ and ↓.</source>
        <translation>有 {n} 位会员尾号相同,请用 ↑ ↓ 选择。</translation>
    </message>
    <message>
        <source>Check in {name}</source>
        <translation>登记 {name} 到店</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>登记到店</translation>
    </message>
    <message>
        <source>She is checked in since {when}: nothing more was counted.</source>
        <translation>她在 {when} 已经登记到店,没有重复计数。</translation>
    </message>
    <message>
        <source>Count once more</source>
        <translation>再计一次</translation>
    </message>
    <message>
        <source>Checked in. Ready for the next one.</source>
        <translation>已登记到店,可以接待下一位。</translation>
    </message>
    <message>
        <source>Taken back: no visit is counted.</source>
        <translation>已撤销,没有计到店。</translation>
    </message>
    <message>
        <source>There is no line to the relay. A coupon is redeemed exactly once, so this needs it; nothing was changed.</source>
        <translation>现在连不上服务端。一张券只能核销一次,所以必须联网;什么都没有改动。</translation>
    </message>
    <message>
        <source>The relay has not answered yet. Look at the coupon again before you hand anything out.</source>
        <translation>服务端还没有回应。请先看券的状态,再给优惠。</translation>
    </message>
    <message>
        <source>Redeemed: {title}</source>
        <translation>已核销:{title}</translation>
    </message>
    <message>
        <source>This needs the line to the relay.</source>
        <translation>这一步需要联网。</translation>
    </message>
    <message>
        <source>Taken back: it can be redeemed again.</source>
        <translation>已撤回,这张券又可以用了。</translation>
    </message>
    <message>
        <source>Check in a member</source>
        <translation>会员到店</translation>
    </message>
    <message>
        <source>Who comes</source>
        <translation>来的是谁</translation>
    </message>
    <message>
        <source>Name, pinyin or phone end</source>
        <translation>姓名、拼音或手机尾号</translation>
    </message>
    <message>
        <source>Members found</source>
        <translation>找到的会员</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A code needs the line to the relay. Her name or number finds her without it.</source>
        <translation>扫码需要连上服务端。没有网络时可以输入姓名或手机号。</translation>
    </message>
    <message>
        <source>Her name, pinyin or the last digits of her number; or scan the code on her phone.</source>
        <translation>输入姓名、拼音或手机尾号,或扫她手机上的会员码。</translation>
    </message>
</context>
<context>
    <name>Colleagues</name>
    <message>
        <source>{names} is answering right now</source>
        <translation>{names}正在回复</translation>
    </message>
    <message>
        <source>{names} is looking at this too</source>
        <translation>{names}也在看这个会话</translation>
    </message>
    <message>
        <source> — read it before you send</source>
        <translation>,发送前请先看一眼</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Save as quick reply…</source>
        <translation>存为快捷语…</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>[Draft]</source>
        <translation>[草稿]</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>The list could not be read</source>
        <translation>列表没有读出来</translation>
    </message>
    <message>
        <source>Nothing is lost. Try again.</source>
        <translation>数据都在,请再试一次。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清空搜索</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>They appear when members scan the poster and write.</source>
        <translation>会员扫海报上的二维码写信后,会出现在这里。</translation>
    </message>
    <message>
        <source>Everybody has been answered</source>
        <translation>都回复完了</translation>
    </message>
    <message>
        <source>Everything has been read</source>
        <translation>都读完了</translation>
    </message>
    <message>
        <source>Nothing is in your hands</source>
        <translation>暂时没有由你负责的会话</translation>
    </message>
    <message>
        <source>No group conversations</source>
        <translation>还没有群聊</translation>
    </message>
    <message>
        <source>Nothing is put off</source>
        <translation>没有稍后提醒的会话</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>查看全部</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会话列表</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待回复</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我负责</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>群聊</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All answered</source>
        <translation>没有待回复</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 条待回复</translation>
    </message>
    <message>
        <source>longest {time}</source>
        <translation>最长 {time}</translation>
    </message>
    <message>
        <source>Names, pinyin and phone ends count. Ctrl+K finds words.</source>
        <translation>可以输入姓名、拼音或手机尾号。Ctrl+K 还能搜消息内容。</translation>
    </message>
    <message>
        <source>Name, pinyin, phone end</source>
        <translation>姓名、拼音、手机尾号</translation>
    </message>
    <message>
        <source>Filter the conversations</source>
        <translation>筛选会话</translation>
    </message>
    <message>
        <source>Show the poster</source>
        <translation>查看海报</translation>
    </message>
</context>
<context>
    <name>Coupons</name>
    <message>
        <source>voided</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>expired {day}</source>
        <translation>{day} 已过期</translation>
    </message>
    <message>
        <source>valid until {day}</source>
        <translation>有效期至 {day}</translation>
    </message>
    <message>
        <source>redeemed {when}</source>
        <translation>{when} 已核销</translation>
    </message>
    <message>
        <source>redeemed {when} by {staff}</source>
        <translation>{when} 已核销({staff})</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Redeemed: {title}</source>
        <translation>已核销:{title}</translation>
    </message>
    <message>
        <source>Void {title}?</source>
        <translation>作废「{title}」?</translation>
    </message>
    <message>
        <source>It can no longer be redeemed, and her phone says so. This cannot be taken back; it is recorded.</source>
        <translation>作废后不能再核销,会员手机上也会显示。不能撤回,操作会被记录。</translation>
    </message>
    <message>
        <source>Given by mistake</source>
        <translation>发错了</translation>
    </message>
    <message>
        <source>Passed on to somebody else</source>
        <translation>转给了别人</translation>
    </message>
    <message>
        <source>She got something else instead</source>
        <translation>已换成别的优惠</translation>
    </message>
    <message>
        <source>Void it</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Redeeming needs the line to the relay, so that no coupon is redeemed twice. Nothing was changed.</source>
        <translation>核销需要联网,这样一张券不会用两次。什么都没有改动。</translation>
    </message>
    <message>
        <source>The relay has not answered yet. Whether it is redeemed shows at the coupon as soon as it has.</source>
        <translation>服务端还没有回应。一有结果,券上就会显示是否已核销。</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>the relay has not answered yet</source>
        <translation>服务端还没有回应</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回核销</translation>
    </message>
    <message>
        <source>More about the coupon {code}</source>
        <translation>券 {code} 的更多操作</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制券码</translation>
    </message>
    <message>
        <source>Void…</source>
        <translation>作废…</translation>
    </message>
</context>
<context>
    <name>CropWindow</name>
    <message>
        <source>Crop and turn</source>
        <translation>裁剪与旋转</translation>
    </message>
    <message>
        <source>The part that stays</source>
        <translation>保留的部分</translation>
    </message>
    <message>
        <source>Arrows move the frame, Shift and arrows change its size</source>
        <translation>方向键移动选框,Shift 加方向键改变大小</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原比例</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>恢复整张照片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>{n} members</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>已读人数</translation>
    </message>
    <message>
        <source>{time} after sending</source>
        <translation>发送后 {time}</translation>
    </message>
    <message>
        <source>{share} had read it</source>
        <translation>已有 {share} 看过</translation>
    </message>
    <message>
        <source>Time by its square root</source>
        <translation>时间轴:平方根</translation>
    </message>
    <message>
        <source>Time by its logarithm</source>
        <translation>时间轴:对数</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>A computer</source>
        <translation>一台电脑</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Sign out {name}</source>
        <translation>让 {name} 退出登录</translation>
    </message>
    <message>
        <source>connected now</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>last seen: {when}</source>
        <translation>上次在线 {when}</translation>
    </message>
    <message>
        <source>signed in: {when}, not seen since</source>
        <translation>{when} 登录,之后未上线</translation>
    </message>
    <message>
        <source>Signed in computers</source>
        <translation>已登录的电脑</translation>
    </message>
    <message>
        <source>Sign out what is lost or not used any more.</source>
        <translation>丢失或不再使用的电脑,请让它退出登录。</translation>
    </message>
    <message>
        <source>Which computers are signed in is known once the line is back.</source>
        <translation>网络恢复后才能看到哪些电脑已登录。</translation>
    </message>
</context>
<context>
    <name>Emoji</name>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>搜索表情</translation>
    </message>
    <message>
        <source>Search · ↓ into the list · Tab next group</source>
        <translation>搜索表情 · ↓ 进入列表 · Tab 下一组</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有</translation>
    </message>
    <message>
        <source>Lately</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>笑脸</translation>
    </message>
    <message>
        <source>Hands</source>
        <translation>手势</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>服饰</translation>
    </message>
    <message>
        <source>Joy</source>
        <translation>爱心</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Enquiry</name>
    <message>
        <source>It is kept for her already; the words are in the reply box.</source>
        <translation>已经给她留过了;话已放进回复框。</translation>
    </message>
    <message>
        <source>Answered: {what}</source>
        <translation>已回复:{what}</translation>
    </message>
    <message>
        <source>Asked for: {what}. It is kept once the relay answers.</source>
        <translation>已登记:{what}。连上后才算留好。</translation>
    </message>
    <message>
        <source>Answered and kept for 48 hours: {what}</source>
        <translation>已回复并预留 48 小时:{what}</translation>
    </message>
    <message>
        <source>Kept for 48 hours: {what}</source>
        <translation>已预留 48 小时:{what}</translation>
    </message>
    <message>
        <source>Not suggested for this message any more</source>
        <translation>这条消息不再提示</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>换一件</translation>
    </message>
    <message>
        <source>from “{words}”</source>
        <translation>识别自「{words}」</translation>
    </message>
    <message>
        <source>Which size?</source>
        <translation>哪个尺码?</translation>
    </message>
    <message>
        <source>Which one is meant?</source>
        <translation>问的是哪一件?</translation>
    </message>
    <message>
        <source>Answer, keep 48 h</source>
        <translation>回复有货并预留 48 小时</translation>
    </message>
    <message>
        <source>Say there is none</source>
        <translation>回复暂时没有</translation>
    </message>
    <message>
        <source>Sends the answer and keeps one for 48 hours</source>
        <translation>发出回复,并预留一件 48 小时</translation>
    </message>
    <message>
        <source>Sends the answer that there is none</source>
        <translation>发出「暂时没有」的回复</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>看类似款</translation>
    </message>
    <message>
        <source>Similar items</source>
        <translation>类似款</translation>
    </message>
    <message>
        <source>Similar, and there in that size · Enter adds the card</source>
        <translation>类似、这个尺码有货 · 回车把卡片放进回复</translation>
    </message>
    <message>
        <source>Nothing similar is there in that size</source>
        <translation>这个尺码没有类似款有货</translation>
    </message>
    <message>
        <source>1 more</source>
        <translation>还有 1 件</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>还有 {n} 件</translation>
    </message>
    <message>
        <source>What she asks for</source>
        <translation>她问的商品</translation>
    </message>
    <message>
        <source>Not for this message</source>
        <translation>这条消息不用提示</translation>
    </message>
    <message>
        <source>size {size}</source>
        <translation>{size} 码</translation>
    </message>
    <message>
        <source>none left</source>
        <translation>已无货</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>没有这一款</translation>
    </message>
    <message>
        <source>1 in stock</source>
        <translation>有货 1 件</translation>
    </message>
    <message>
        <source>{n} in stock</source>
        <translation>有货 {n} 件</translation>
    </message>
    <message>
        <source>Answered; she is told when it is back: {what}</source>
        <translation>已回复,到货会通知她:{what}</translation>
    </message>
    <message>
        <source>She is told when it is back: {what}</source>
        <translation>到货会通知她:{what}</translation>
    </message>
    <message>
        <source>Tell her when it is back</source>
        <translation>到货告诉她</translation>
    </message>
    <message>
        <source>Answers that there is none, keeps one as soon as it is back and tells her</source>
        <translation>回复没有货;一到货就为她留一件并通知她</translation>
    </message>
    <message>
        <source>none left, on the list</source>
        <translation>已无货,已登记</translation>
    </message>
    <message>
        <source>Book a fitting</source>
        <translation>预约试穿</translation>
    </message>
    <message>
        <source>Answered and kept until {when}: {what}</source>
        <translation>已回复,并留到{when}:{what}</translation>
    </message>
    <message>
        <source>Kept until {when}: {what}</source>
        <translation>已留到{when}:{what}</translation>
    </message>
    <message>
        <source>Other time…</source>
        <translation>留多久…</translation>
    </message>
    <message>
        <source>Answer, and choose how long it is kept</source>
        <translation>回复,并选择留多久</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>总人数</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % 区间 从</translation>
    </message>
    <message>
        <source>95 % to</source>
        <translation>95 % 区间 到</translation>
    </message>
    <message>
        <source>How far it can be trusted</source>
        <translation>能信到什么程度</translation>
    </message>
    <message>
        <source>Definitions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>How it is counted</source>
        <translation type="unfinished">怎么算的</translation>
    </message>
    <message>
        <source>Known up to</source>
        <translation>数据截至</translation>
    </message>
    <message>
        <source>{time}, without a line since</source>
        <translation>{time}，之后断线</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>导出时间</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel 表格 (*.xlsx)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation type="unfinished">表格 (*.csv)</translation>
    </message>
    <message>
        <source>A sheet of Excel holds 1,048,575 lines at most: choose CSV.</source>
        <translation>Excel 一页最多 1,048,575 行，请选 CSV。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>“{name}” cannot be written: no room is left on that disk.</source>
        <translation>“{name}”写不进去：那个磁盘没有空间了。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: it may be open in another program such as Excel, or you may not write there. Close it, or choose another name or folder.</source>
        <translation>“{name}”写不进去：可能正在 Excel 等程序里打开着，或者您没有那里的写入权限。请先关闭它，或换个名字、换个位置。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: its folder is gone. Choose another one.</source>
        <translation>“{name}”写不进去：那个文件夹已经不在了，请另选一个。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: {error}</source>
        <translation>“{name}”写不进去：{error}</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>已停止，什么都没写。</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation type="unfinished">已写入 {file}。</translation>
    </message>
    <message>
        <source>Writing {file} …</source>
        <translation>正在写 {file} …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">停止</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Open your shop</source>
        <translation>开店</translation>
    </message>
    <message>
        <source>Who is the owner?</source>
        <translation>店主是谁?</translation>
    </message>
    <message>
        <source>Where do phones reach the shop?</source>
        <translation>手机怎样连到店里?</translation>
    </message>
    <message>
        <source>Hang up the poster</source>
        <translation>贴出海报</translation>
    </message>
    <message>
        <source>Members see this name on their phones.</source>
        <translation>会员在手机上看到的就是这个名字。</translation>
    </message>
    <message>
        <source>You sign in with this name; clerks get their own later.</source>
        <translation>您用这个名字登录;店员以后各有各的账号。</translation>
    </message>
    <message>
        <source>Members scan a code; nothing is installed on their phones.</source>
        <translation>会员扫码即可,手机上不用安装任何东西。</translation>
    </message>
    <message>
        <source>Print it and put it beside the counter. A scan begins a chat.</source>
        <translation>打印出来放在收银台旁,扫一扫就能聊天。</translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Opens</source>
        <translation>开门时间</translation>
    </message>
    <message>
        <source>Closes</source>
        <translation>关门时间</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Password or PIN</source>
        <translation>密码或 PIN</translation>
    </message>
    <message>
        <source>At least 8 characters, or 6 digits that are not in a row.</source>
        <translation>至少 8 个字符,或 6 位不连号的数字。</translation>
    </message>
    <message>
        <source>Step {n} of {all}</source>
        <translation>第 {n} 步,共 {all} 步</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>进入工作台</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Dear {name}, the trench coats are in.</source>
        <translation>亲爱的{name},风衣新款到店啦!</translation>
    </message>
    <message>
        <source>New on Monday · women&apos;s wear</source>
        <translation>周一新款 · 女装</translation>
    </message>
    <message>
        <source>20 % off this weekend</source>
        <translation type="unfinished">周末 8 折券</translation>
    </message>
    <message>
        <source>Camel scarf ¥199</source>
        <translation>驼色围巾 ¥199</translation>
    </message>
    <message>
        <source>Grey scarf ¥199</source>
        <translation>灰色围巾 ¥199</translation>
    </message>
    <message>
        <source>Oat check ¥239</source>
        <translation>米色格纹 ¥239</translation>
    </message>
    <message>
        <source>Navy check ¥239</source>
        <translation>藏青格纹 ¥239</translation>
    </message>
    <message>
        <source>Warm coat</source>
        <translation>厚外套</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>Knitwear</source>
        <translation>针织衫</translation>
    </message>
    <message>
        <source>What would you like to add this autumn?</source>
        <translation>这个秋天,您最想添一件什么?</translation>
    </message>
</context>
<context>
    <name>Heat</name>
    <message>
        <source>Day</source>
        <translation>星期</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Nothing yet</source>
        <translation>还没有记录</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the merge with {name} back</source>
        <translation>撤销与 {name} 的合并</translation>
    </message>
    <message>
        <source>{n} pcs</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Came to the shop · {where}</source>
        <translation>到店 · {where}</translation>
    </message>
    <message>
        <source>Asked about an article that is gone</source>
        <translation>问过一件已下架的商品</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>{name} 的全部记录</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>到店</translation>
    </message>
    <message>
        <source>Enquiries</source>
        <translation>问过</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意记录</translation>
    </message>
    <message>
        <source>Merges</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Earlier ones</source>
        <translation>更早的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What she buys at the till stands here.</source>
        <translation>收银台的购买会记在这里。</translation>
    </message>
    <message>
        <source>Visits counted at the counter stand here.</source>
        <translation>柜台登记的到店会记在这里。</translation>
    </message>
    <message>
        <source>Articles she asks about stand here.</source>
        <translation>问过的商品会记在这里。</translation>
    </message>
    <message>
        <source>Each yes and no to notices stands here, for ever.</source>
        <translation>每一次同意与退订都会永久记在这里。</translation>
    </message>
    <message>
        <source>Members found to be the same person stand here.</source>
        <translation>被认出是同一个人的会员会记在这里。</translation>
    </message>
    <message>
        <source>counted at the counter</source>
        <translation>柜台登记</translation>
    </message>
    <message>
        <source>noted by a clerk</source>
        <translation>店员记录</translation>
    </message>
    <message>
        <source>in a message</source>
        <translation>消息里</translation>
    </message>
    <message>
        <source>on the phone page</source>
        <translation>手机网页</translation>
    </message>
    <message>
        <source>by a word in a message</source>
        <translation>消息关键词</translation>
    </message>
    <message>
        <source>with a purchase</source>
        <translation>随购买</translation>
    </message>
    <message>
        <source>notices</source>
        <translation>接收通知</translation>
    </message>
    <message>
        <source>privacy notice</source>
        <translation>隐私说明</translation>
    </message>
    <message>
        <source>Agreed: {purpose}</source>
        <translation>同意:{purpose}</translation>
    </message>
    <message>
        <source>Took back: {purpose}</source>
        <translation>撤回:{purpose}</translation>
    </message>
    <message>
        <source>Merged into another member, by {staff}</source>
        <translation>已并入另一位会员,由 {staff} 操作</translation>
    </message>
    <message>
        <source>{name} merged into her, by {staff}</source>
        <translation>{name} 已并入,由 {staff} 操作</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤销</translation>
    </message>
</context>
<context>
    <name>HoldList</name>
    <message>
        <source>Nothing here fits</source>
        <translation>没有符合的预留</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>查看全部</translation>
    </message>
    <message>
        <source>Nothing is kept for anybody</source>
        <translation>现在没有预留</translation>
    </message>
    <message>
        <source>What members ask for and what you keep for them stands here.</source>
        <translation>会员想留的、店里为她们留着的,都会列在这里。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>To confirm</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>Ends today</source>
        <translation>今天到期</translation>
    </message>
    <message>
        <source>Ran out</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Member, pinyin, item, colour or size</source>
        <translation>会员、拼音、商品、颜色或尺码</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Holds</name>
    <message>
        <source>Keeping needs the line to the relay, so that nothing is promised twice. Nothing was changed.</source>
        <translation>预留需要连上服务端,以免同一件许给两个人。什么都没有改动。</translation>
    </message>
    <message>
        <source>The relay has not answered yet. Whether it is kept shows here as soon as it has.</source>
        <translation>服务端还没有回应。有了回应,这里就会显示是否留好。</translation>
    </message>
    <message>
        <source>We have kept {what} for you until {when}.</source>
        <translation>已为您留好{what},留到{when}。</translation>
    </message>
    <message>
        <source>Let go: {what}</source>
        <translation>已取消预留:{what}</translation>
    </message>
    <message>
        <source>Keep 48 h</source>
        <translation>留 48 小时</translation>
    </message>
    <message>
        <source>Say no</source>
        <translation>留不了</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>取消预留</translation>
    </message>
    <message>
        <source>asked for · {n} in stock</source>
        <translation>想留 · 有货 {n} 件</translation>
    </message>
    <message>
        <source>asked for · none in stock</source>
        <translation>想留 · 没有货了</translation>
    </message>
    <message>
        <source>Kept until {when}: {what}</source>
        <translation>已留到{when}:{what}</translation>
    </message>
    <message>
        <source>Collected: {what}</source>
        <translation>已取走:{what}</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>已取走</translation>
    </message>
    <message>
        <source>Other time…</source>
        <translation>留多久…</translation>
    </message>
    <message>
        <source>Extend…</source>
        <translation>延长…</translation>
    </message>
    <message>
        <source>She has it: sold at the price of now</source>
        <translation>顾客已取走:按现价记为售出</translation>
    </message>
    <message>
        <source>not sent yet · {what}</source>
        <translation>尚未送达 · {what}</translation>
    </message>
    <message>
        <source>time is up · {what}</source>
        <translation>已到时间 · {what}</translation>
    </message>
    <message>
        <source>{time} left · {what}</source>
        <translation>还剩 {time} · {what}</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>留到 {when}</translation>
    </message>
    <message>
        <source>Choose a time…</source>
        <translation type="unfinished">选择时间…</translation>
    </message>
    <message>
        <source>{span} longer</source>
        <translation>延长 {span}</translation>
    </message>
    <message>
        <source>Between {minutes} minutes and {days} days from now</source>
        <translation>请选择现在起 {minutes} 分钟到 {days} 天之内的时间</translation>
    </message>
    <message>
        <source>Keep until</source>
        <translation>留到</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished">1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished">{n} 天</translation>
    </message>
</context>
<context>
    <name>Hours</name>
    <message>
        <source>closed</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>These hours overlap; let one end before the next begins.</source>
        <translation>时段有重叠,请让前一段先结束。</translation>
    </message>
    <message>
        <source>{day}: the hours overlap.</source>
        <translation>{day}的时段有重叠。</translation>
    </message>
    <message>
        <source>Week and closed days</source>
        <translation>每周时间与休息日</translation>
    </message>
    <message>
        <source>With these hours the shop is open now.</source>
        <translation>按这个时间,店里现在在营业。</translation>
    </message>
    <message>
        <source>With these hours the shop never opens.</source>
        <translation>按这个时间,店里一直不开门。</translation>
    </message>
    <message>
        <source>With these hours the shop is shut now and opens {when}.</source>
        <translation>按这个时间,店里现在打烊,{when}开门。</translation>
    </message>
    <message>
        <source>Open again on {day}</source>
        <translation>{day}恢复营业</translation>
    </message>
    <message>
        <source>Days on which we stay shut</source>
        <translation>不营业的日子</translation>
    </message>
    <message>
        <source>Click a day to close it: holidays, stocktaking, a trip to the fair.</source>
        <translation>点一下日期即可设为不营业:节假日、盘点、去进货。</translation>
    </message>
    <message>
        <source>Click a day again to open it.</source>
        <translation>再点一下日期即可恢复营业。</translation>
    </message>
    <message>
        <source>Every day like Monday</source>
        <translation>每天都和周一一样</translation>
    </message>
    <message>
        <source>Open on {day}</source>
        <translation>{day}营业</translation>
    </message>
    <message>
        <source>Add a span</source>
        <translation>加一段</translation>
    </message>
    <message>
        <source>Add a span on {day}</source>
        <translation>{day}加一段</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>全天</translation>
    </message>
    <message>
        <source>next day</source>
        <translation>次日</translation>
    </message>
    <message>
        <source>{day}, opens at</source>
        <translation>{day}开门时间</translation>
    </message>
    <message>
        <source>{day}, closes at</source>
        <translation>{day}关门时间</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove {span} on {day}</source>
        <translation>删除{day}的 {span}</translation>
    </message>
</context>
<context>
    <name>Https</name>
    <message>
        <source>https for the phone page</source>
        <translation>手机页的 https</translation>
    </message>
    <message>
        <source>With https the phone page records voice and takes photos and videos right in the chat, opens without a network, and can be put on the home screen. Without it members chat just as well; voice and pictures come from the phone&apos;s own recorder and camera.</source>
        <translation>有了 https,会员可以在聊天里直接录音、拍照、拍视频,没有网络也能打开,还能添加到主屏幕。没有 https 聊天一样正常,语音和照片改用手机自带的录音和相机。</translation>
    </message>
    <message>
        <source>With a domain name (recommended)</source>
        <translation>用自己的域名(推荐)</translation>
    </message>
    <message>
        <source>Caddy fetches and renews the certificate by itself. These two lines are its Caddyfile:</source>
        <translation>Caddy 会自动申请和续期证书。Caddyfile 只要这两行:</translation>
    </message>
    <message>
        <source>Start the relay on that computer like this:</source>
        <translation>在那台电脑上这样启动服务端:</translation>
    </message>
    <message>
        <source>With certificate files of your own</source>
        <translation>用自己的证书文件</translation>
    </message>
    <message>
        <source>Put these lines into hanger.toml in the relay&apos;s data folder and start it again. Both files are PEM, the key without a password.</source>
        <translation>把这几行写进服务端数据文件夹里的 hanger.toml,再重新启动。两个文件都是 PEM,私钥不带密码。</translation>
    </message>
    <message>
        <source>Choose the certificate…</source>
        <translation>选择证书…</translation>
    </message>
    <message>
        <source>Choose the key…</source>
        <translation>选择私钥…</translation>
    </message>
    <message>
        <source>Then enter the https address above, test it, and make the poster.</source>
        <translation>然后在上面填 https 地址,测试一下,再生成海报。</translation>
    </message>
    <message>
        <source>Address and poster</source>
        <translation>去填地址、做海报</translation>
    </message>
    <message>
        <source>https is on</source>
        <translation>已有 https</translation>
    </message>
    <message>
        <source>Phones use {url}.</source>
        <translation>手机使用 {url}。</translation>
    </message>
    <message>
        <source>no https yet</source>
        <translation>还没有 https</translation>
    </message>
    <message>
        <source>Phones use {url}, which browsers do not trust with a microphone or camera.</source>
        <translation>手机使用 {url},浏览器不会把麦克风和相机交给它。</translation>
    </message>
    <message>
        <source>Copy the Caddyfile</source>
        <translation>复制 Caddyfile</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy the settings</source>
        <translation>复制配置</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message>
        <source>A new conversation needs the line</source>
        <translation>新建会话需要先连上服务端</translation>
    </message>
    <message>
        <source>Its words are back in the reply box</source>
        <translation>内容已放回输入框</translation>
    </message>
    <message>
        <source>An invitation needs the line</source>
        <translation>邀请需要联网,请稍后再试</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Choose a conversation</source>
        <translation>选择一个会话</translation>
    </message>
    <message>
        <source>A guest: this number is only claimed, older messages stay hidden.</source>
        <translation>访客:手机号尚未核实,暂时看不到以前的消息。</translation>
    </message>
    <message>
        <source>Confirm the number</source>
        <translation>确认号码</translation>
    </message>
    <message>
        <source>Blocked: what she writes does not arrive.</source>
        <translation>已拉黑:她发来的消息不会送达。</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>Merged into {name}: the conversation goes on there.</source>
        <translation>已并入 {name},会话在那里继续。</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Erased: her messages and facts are gone for good.</source>
        <translation>已删除:她的消息和资料已永久清除。</translation>
    </message>
    <message>
        <source>She is blocked, so nothing can be sent. Words you began are kept.</source>
        <translation>她已被拉黑,无法发送消息。你写到一半的内容会保留。</translation>
    </message>
    <message>
        <source>Write in the conversation she was merged into.</source>
        <translation>请在她并入的会话里回复。</translation>
    </message>
    <message>
        <source>Nobody is here to read an answer any more.</source>
        <translation>这里已经没有人能收到回复了。</translation>
    </message>
    <message>
        <source>Ctrl+K finds anything, Ctrl+↑ and Ctrl+↓ go through the list.</source>
        <translation>Ctrl+K 搜索,Ctrl+↑ 和 Ctrl+↓ 切换会话。</translation>
    </message>
</context>
<context>
    <name>Insights</name>
    <message>
        <source>no member can be reached yet</source>
        <translation>还没有可触达的会员</translation>
    </message>
    <message>
        <source>When members look</source>
        <translation>什么时候会看</translation>
    </message>
    <message>
        <source>Readers by weekday and hour of the shop&apos;s clock, on average. A member who reads several notices within an hour is one reader. The advice looks only at what is read later than an hour after sending, and only at hours in which campaigns may go out.</source>
        <translation>每格是「这个星期几的这一小时平均有几个人在看」,按店里的时钟;同一个人一小时看几条只算一人。建议只看发出一小时以后的阅读,只看可以发活动的钟点。</translation>
    </message>
    <message>
        <source>Whose reading is shown</source>
        <translation>看谁的阅读</translation>
    </message>
    <message>
        <source>{readers} readers an hour, 95 % interval {low}–{high}</source>
        <translation>每小时 {readers} 人在看,95 % 区间 {low}–{high}</translation>
    </message>
    <message>
        <source>{n} readers in four weeks: too few to tell</source>
        <translation>四周里 {n} 人:人太少,还看不出</translation>
    </message>
    <message>
        <source>When to send: too few to tell</source>
        <translation>什么时候发:人太少,还看不出</translation>
    </message>
    <message>
        <source>When to send: no hour stands out</source>
        <translation>什么时候发:各个钟点没有差别</translation>
    </message>
    <message>
        <source>When to send: best {best}:00; as good: {hours}</source>
        <translation>什么时候发:{best}:00 最好;一样好的:{hours}</translation>
    </message>
    <message>
        <source>When to send: best {best}:00</source>
        <translation>什么时候发:{best}:00 最好</translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>Monthly open rate</source>
        <translation>月打开率</translation>
    </message>
    <message>
        <source>Visits per member a month</source>
        <translation>会员月均到店</translation>
    </message>
    <message>
        <source>Replies / holds</source>
        <translation>回复 / 预留</translation>
    </message>
    <message>
        <source>Opt-outs</source>
        <translation>退订</translation>
    </message>
    <message>
        <source>Opt-outs by campaign</source>
        <translation>各次活动的退订</translation>
    </message>
    <message>
        <source>Open rate · this week so far</source>
        <translation>打开率 · 本周至今</translation>
    </message>
    <message>
        <source>Monthly open rate · average</source>
        <translation>月打开率 · 月均</translation>
    </message>
    <message>
        <source>Members who read at least one notice ÷ members reachable: joined, opted in, and seen within 90 days. Whoever read was reachable too. The holdout is reachable but gets no campaigns. Of twelve months it is that of an average one.</source>
        <translation>至少看过一条的会员 ÷ 可触达的会员:已加入、同意接收、90 天内来过。看过的人一定算可触达。对照组可触达,但收不到活动。12 个月时,是平均一个月的打开率。</translation>
    </message>
    <message>
        <source>Visits ÷ members, brought to a month of 30.44 days, of those who had joined and opted in when the days began. Beside the members held out in that quarter; who can never be held out is in neither group.</source>
        <translation>到店次数 ÷ 会员数,折成一个月(30.44 天);只算这些天开始时已加入、同意接收的会员。与那个季度的对照组比;从不对照的会员两边都不算。</translation>
    </message>
    <message>
        <source>Members who opted out at the period&apos;s campaigns ÷ members to whom these were written. An opt-out is that of the newest campaign she got in the 7 days before.</source>
        <translation>在这段时间的活动里退订的人 ÷ 这些活动发给的人。退订算在之前 7 天内她最后收到的那次活动头上。</translation>
    </message>
    <message>
        <source>goal {goal} %</source>
        <translation>目标 {goal} %</translation>
    </message>
    <message>
        <source>{n} visits</source>
        <translation>{n} 次</translation>
    </message>
    <message>
        <source>against the holdout: too few to tell</source>
        <translation>比对照组:人太少,还看不出</translation>
    </message>
    <message>
        <source>{rise} against the holdout (95 % interval {low} – {high})</source>
        <translation>比对照组 {rise}(95 % 区间 {low} – {high})</translation>
    </message>
    <message>
        <source>from 1 campaign</source>
        <translation>来自 1 次活动</translation>
    </message>
    <message>
        <source>from {n} campaigns</source>
        <translation>来自 {n} 次活动</translation>
    </message>
    <message>
        <source>{n} at “{campaign}”</source>
        <translation>“{campaign}”{n} 人</translation>
    </message>
    <message>
        <source>change: too few to tell</source>
        <translation>变化:人太少,还看不出</translation>
    </message>
    <message>
        <source>{arrow} {n} points</source>
        <translation>{arrow} {n} 个百分点</translation>
    </message>
    <message>
        <source>{change} (may be chance)</source>
        <translation>{change}(可能是偶然)</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>近 12 个月</translation>
    </message>
    <message>
        <source>Who got campaigns before {day} is kept on the relay only: open rate, holds and opt-outs are of those since.</source>
        <translation>{day} 以前的活动发给了谁,只存在服务器上:打开率、预留和退订只算那以后的活动。</translation>
    </message>
    <message>
        <source>Enter opens a report, Space marks a campaign to compare it</source>
        <translation>按 Enter 打开报告,按空格勾选来对比</translation>
    </message>
    <message>
        <source>No campaign in this period</source>
        <translation>这段时间没有活动</translation>
    </message>
    <message>
        <source>What you send stands here with who read it and what came of it.</source>
        <translation>发出的活动会列在这里:多少人看了,带来了什么。</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时间段</translation>
    </message>
    <message>
        <source>Campaigns of the period</source>
        <translation>这段时间的活动</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已发</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Read rate</source>
        <translation>阅读率</translation>
    </message>
    <message>
        <source>Replied</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>More than the holdout</source>
        <translation>比对照组多</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>钟点</translation>
    </message>
    <message>
        <source>Readers an hour</source>
        <translation>每小时阅读人数</translation>
    </message>
    <message>
        <source>Those it had not reached</source>
        <translation>上次没收到或没看的人</translation>
    </message>
    <message>
        <source>All members</source>
        <translation>全部会员</translation>
    </message>
    <message>
        <source>running · {n} left</source>
        <translation>进行中 · 剩 {n} 件</translation>
    </message>
    <message>
        <source>from {day} on</source>
        <translation>{day} 起可比</translation>
    </message>
    <message>
        <source>kept on the relay only</source>
        <translation>只存在服务器上</translation>
    </message>
    <message>
        <source>too few to tell</source>
        <translation>人太少,还看不出</translation>
    </message>
    <message>
        <source>{rise} points (±{half})</source>
        <translation>{rise} 点(±{half})</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>还没有回答</translation>
    </message>
    <message>
        <source>{part} of {whole} bought; of the holdout {held_part} of {held}</source>
        <translation>{whole} 人中 {part} 人买过;对照组 {held} 人中 {held_part} 人</translation>
    </message>
    <message>
        <source>95 % interval {low} – {high} points</source>
        <translation>95 % 区间 {low} – {high} 个百分点</translation>
    </message>
    <message>
        <source>Curves are drawn of what was sent in this period.</source>
        <translation>这段时间发出的活动会在这里画出曲线。</translation>
    </message>
    <message>
        <source>Export Excel</source>
        <translation>导出 Excel</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Month</source>
        <translation type="unfinished">月</translation>
    </message>
    <message>
        <source>Open rate</source>
        <translation>打开率</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation type="unfinished">已读人数</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>可触达</translation>
    </message>
    <message>
        <source>A month&apos;s open rate should reach, in per cent:</source>
        <translation>月打开率的目标(%):</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Goal…</source>
        <translation>目标…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Now: {counts}</source>
        <translation>现在:{counts}</translation>
    </message>
    <message>
        <source>Of opening her page only the last time is kept: in earlier months more members may have been awake than stand here.</source>
        <translation>打开网页只记得最近一次:以前的月份,醒着的可能比这里多。</translation>
    </message>
    <message>
        <source>Of opening her page only the last time is kept, and what was read before {day} is not here: in earlier months more members may have been awake than stand here.</source>
        <translation>打开网页只记得最近一次,{day} 以前看过什么不在这台电脑上:以前的月份,醒着的可能比这里多。</translation>
    </message>
    <message>
        <source>Member activity</source>
        <translation>会员活跃</translation>
    </message>
    <message>
        <source>Members by their signs of life until the end of each month: opening her page, reading, writing, reserving, visiting, buying. Asleep: the last is more than 90 days ago, or there never was one. Waking: there is one. Active: there is one 30 days after she woke, or later; who came once stays “waking” until she sleeps again. The last bar is now.</source>
        <translation>每个月末,按到那时为止的动静分:打开网页、看、写、预留、到店、购买。沉睡:最近一次在 90 天以前,或从来没有。醒来:有动静了。活跃:醒来 30 天以后还有动静;只来过一次的一直是「醒来」,直到再睡着。最后一根是现在。</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <source>Waking</source>
        <translation>醒来</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>不对比了</translation>
    </message>
    <message>
        <source>Two campaigns compared</source>
        <translation>两次活动对比</translation>
    </message>
    <message>
        <source>Read rate = readers ÷ written, of each, up to now. The difference is the later one minus the earlier, with the interval that holds the truth in 95 of 100 shops, as if different members had got them: where many got both it is rather too wide. It is told 72 hours after the later one was sent.</source>
        <translation>阅读率 = 看过的人 ÷ 已发的人,各算各的,算到现在。差别是后发的减先发的,区间在 100 家店里有 95 家装着真实的数;按两次发给不同的人来算,很多人两次都收到时,区间偏宽。后发的那次过了 72 小时才给。</translation>
    </message>
    <message>
        <source>Tick one more to compare</source>
        <translation>再勾一次活动来对比</translation>
    </message>
    <message>
        <source>Tick two to compare (Space or Ctrl+click)</source>
        <translation>勾两次活动来对比(空格或 Ctrl+点击)</translation>
    </message>
    <message>
        <source>Difference: {first} − {second}</source>
        <translation>差别:{first} − {second}</translation>
    </message>
    <message>
        <source>One of them is still being read: look again on {time}.</source>
        <translation>有一次还在陆续被看:{time} 再来看。</translation>
    </message>
    <message>
        <source>Too few got them, or read them, to tell one from the other.</source>
        <translation>收到或看过的人太少,看不出差别。</translation>
    </message>
    <message>
        <source>Cannot tell them apart: the difference may be chance.</source>
        <translation>看不出差别:可能是偶然。</translation>
    </message>
    <message>
        <source>“{more}” was read more than “{less}”: by more than chance.</source>
        <translation>看「{more}」的比看「{less}」的多,超出偶然。</translation>
    </message>
    <message>
        <source>This does not say why: they went out at different times, and not to the same members. Which words are better only an A/B of one campaign shows.</source>
        <translation>这不说明为什么:两次发的时间不同,发给的人也不同。哪种写法更好,要在一次活动里做 A/B 才知道。</translation>
    </message>
    <message>
        <source>Visits per member a month, against the holdout</source>
        <translation>会员月均到店,与对照组比</translation>
    </message>
    <message>
        <source>Visits ÷ members, brought to a month of 30.44 days, of those who had joined and opted in when the month began: those who get campaigns, and those held out in that quarter; who can never be held out is in neither group. The line at a bar is the 95 % interval of the difference of both means (Welch), set on the holdout&apos;s bar: where all of it lies above it, campaigns brought more visits than chance does.</source>
        <translation>到店次数 ÷ 会员数,折成一个月(30.44 天),只算当月开始时已加入、同意接收的会员:收活动的,和那个季度作对照的;免于对照的会员两边都不算。柱上的线是两组平均数之差的 95 % 区间(韦尔奇),加在对照组的柱高上:整条线都高过对照组的柱,就说明活动带来的到店多得超出偶然。</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>对照组</translation>
    </message>
    <message>
        <source>Get campaigns</source>
        <translation>收活动的</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished">相差</translation>
    </message>
    <message>
        <source>Visits are compared from the first campaign on.</source>
        <translation>从第一次活动起才比较到店。</translation>
    </message>
    <message>
        <source>Too few to tell in every month: too few members are held out, or too few of them come.</source>
        <translation>每个月都还看不出:对照组的人太少,或来的人太少。</translation>
    </message>
    <message>
        <source>nobody is in one of the groups</source>
        <translation>有一组里没有人</translation>
    </message>
    <message>
        <source>fewer than 5 visits in one of the groups</source>
        <translation>有一组的到店不到 5 次</translation>
    </message>
    <message>
        <source>the interval is wider than 0.8 visits</source>
        <translation>区间宽过 0.8 次</translation>
    </message>
    <message>
        <source>Difference {rise}</source>
        <translation>相差 {rise}</translation>
    </message>
    <message>
        <source>95 % interval {low} to {high}</source>
        <translation>95 % 区间 {low} 到 {high}</translation>
    </message>
    <message>
        <source>{group}: {value} · {n} members</source>
        <translation>{group}:{value} · {n} 人</translation>
    </message>
    <message>
        <source>Members who answered a campaign of the period, and members who reserved something that is owed to it: {within}, and to the one that had touched her most strongly until then. A coupon claimed is reserved, too.</source>
        <translation>回复了这段时间活动的人,和因活动预留了东西的人:发出后 {within},归给到那时为止打动她最深的那次活动。领了券也算预留。</translation>
    </message>
    <message>
        <source>What a member does so many days after a campaign was written to her can be owed to it:</source>
        <translation>活动发给会员之后,她在多少天内做的事可以算这次活动的:</translation>
    </message>
    <message>
        <source>Attribution window</source>
        <translation>归因时间</translation>
    </message>
    <message>
        <source>Attribution: {days}…</source>
        <translation>归因:{days}…</translation>
    </message>
    <message>
        <source>Read rate = readers ÷ written. Replied, holds: members who answered it, or reserved something that is owed to it, {within}. Opt-outs: members who opted out at it in the period. Bought: members who bought {within} after it began, in points above those of its audience who were held out, ± half of the 95 % interval; who can never be held out is in neither group. It is told when these days are over.</source>
        <translation>阅读率 = 看过的人 ÷ 已发的人。回复、预留:发出后 {within}回复了它、或预留了东西归给它的人。退订:这段时间里在这次活动上退订的人。购买:开始发送后 {within}买过的人,比这次选中却因对照而没收到的人高几个百分点,± 是 95 % 区间的一半;免于对照的会员两边都不算。这些天满了才给。</translation>
    </message>
    <message>
        <source>Bought {within} · vs. holdout</source>
        <translation>{within}购买 · 比对照组</translation>
    </message>
    <message>
        <source>replies</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>written, read, replied</source>
        <translation>已发、已读、回复</translation>
    </message>
    <message>
        <source>holds, opt-outs, purchases</source>
        <translation>预留、退订、购买</translation>
    </message>
    <message>
        <source>Members held out</source>
        <translation>对照组人数</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>人数</translation>
    </message>
</context>
<context>
    <name>Invite</name>
    <message>
        <source>Invite {name}</source>
        <translation>邀请{name}</translation>
    </message>
    <message>
        <source>Let her scan this with her own phone, or send the link to her number only: whoever opens it first becomes {name} here.</source>
        <translation>请她用自己的手机扫码,或只把链接发到她的手机号:谁先打开,谁就成为这里的{name}。</translation>
    </message>
    <message>
        <source>QR code of {name}</source>
        <translation>{name}的二维码</translation>
    </message>
    <message>
        <source>Personal link</source>
        <translation>专属链接</translation>
    </message>
    <message>
        <source>Works here and at home.</source>
        <translation>在店里和家里都能用。</translation>
    </message>
    <message>
        <source>Works only in this shop&apos;s Wi-Fi, so let her scan it here.</source>
        <translation>只在本店 Wi-Fi 里有效,请她在店里扫码。</translation>
    </message>
    <message>
        <source>Works once, until {day}.</source>
        <translation>只能用一次,{day}前有效。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>Items</name>
    <message>
        <source>Choose an item</source>
        <translation>选择商品</translation>
    </message>
    <message>
        <source>Name or number of an item</source>
        <translation>商品名称或货号</translation>
    </message>
    <message>
        <source>Search items</source>
        <translation>搜索商品</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>No item fits</source>
        <translation>没有符合的商品</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Tab colour and size · Enter adds the card</source>
        <translation>↑ ↓ 选择 · Tab 换颜色尺码 · Enter 加入卡片</translation>
    </message>
    <message>
        <source>All sizes</source>
        <translation>全部尺码</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>no key</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>请按键…</translation>
    </message>
    <message>
        <source>{key} is taken: {command}</source>
        <translation>{key} 已用于：{command}</translation>
    </message>
    <message>
        <source>{key} belongs to writing or to input methods</source>
        <translation>{key} 属于打字或输入法，不能用</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Usual key for: {command}</source>
        <translation>恢复默认按键：{command}</translation>
    </message>
    <message>
        <source>Keys at a glance</source>
        <translation>快捷键一览</translation>
    </message>
    <message>
        <source>Click a key, then press the one you want. Backspace leaves it without a key.</source>
        <translation>点一下按键，再按想要的键即可更改；按退格键则不设按键。</translation>
    </message>
    <message>
        <source>All keys as usual</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>锁定屏幕</translation>
    </message>
    <message>
        <source>Keys at a glance</source>
        <translation>快捷键一览</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>下一个会话</translation>
    </message>
    <message>
        <source>Conversation before</source>
        <translation>上一个会话</translation>
    </message>
    <message>
        <source>Done, and on to the next</source>
        <translation>完成，看下一个</translation>
    </message>
    <message>
        <source>Remind me later</source>
        <translation>稍后提醒</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Undo what was just done</source>
        <translation>撤销刚才的操作</translation>
    </message>
    <message>
        <source>To the reply box</source>
        <translation>到回复框</translation>
    </message>
    <message>
        <source>To the member</source>
        <translation>到会员资料</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>到最新消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Quick replies, in an empty box</source>
        <translation>快捷语（输入框为空时）</translation>
    </message>
    <message>
        <source>To the last message, in an empty box</source>
        <translation>到最后一条消息（输入框为空时）</translation>
    </message>
    <message>
        <source>Open, play or jump</source>
        <translation>打开、播放或跳转</translation>
    </message>
    <message>
        <source>Answer this message</source>
        <translation>引用这条消息回复</translation>
    </message>
    <message>
        <source>Recall this message</source>
        <translation>撤回这条消息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Whole history of the member</source>
        <translation>会员的全部记录</translation>
    </message>
    <message>
        <source>Merge with another member</source>
        <translation>与另一位会员合并</translation>
    </message>
    <message>
        <source>Block the member, or unblock</source>
        <translation>拉黑会员,或取消拉黑</translation>
    </message>
    <message>
        <source>Caption of the photo</source>
        <translation>写照片说明</translation>
    </message>
    <message>
        <source>Turn the photo right</source>
        <translation>照片向右旋转</translation>
    </message>
    <message>
        <source>Turn the photo left</source>
        <translation>照片向左旋转</translation>
    </message>
    <message>
        <source>Crop the photo</source>
        <translation>裁剪照片</translation>
    </message>
    <message>
        <source>Carry the photo on</source>
        <translation>移动照片位置</translation>
    </message>
    <message>
        <source>Take the photo out</source>
        <translation>移除照片</translation>
    </message>
    <message>
        <source>From figure to figure</source>
        <translation>逐个读数</translation>
    </message>
    <message>
        <source>Who is behind a figure</source>
        <translation>查看数字背后的名单</translation>
    </message>
    <message>
        <source>Show a part larger, 0 the whole</source>
        <translation>放大一段,0 显示全部</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>看表格</translation>
    </message>
    <message>
        <source>Copy the figures</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Copy as a picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as a picture…</source>
        <translation>保存为图片…</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>In a conversation</source>
        <translation>会话中</translation>
    </message>
    <message>
        <source>At a message</source>
        <translation>选中消息时</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation type="unfinished">定时发送</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add a video</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Record a voice message</source>
        <translation>录语音</translation>
    </message>
    <message>
        <source>Add an item&apos;s card</source>
        <translation>添加商品卡片</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>写给同事的备注</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>筛选列表</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Everything that can be done with a conversation or message</source>
        <translation>会话或消息的全部操作</translation>
    </message>
    <message>
        <source>Next photo, or 5 seconds on</source>
        <translation>下一张图片,视频快进 5 秒</translation>
    </message>
    <message>
        <source>Photo before, or 5 seconds back</source>
        <translation>上一张图片,视频后退 5 秒</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Move an enlarged photo</source>
        <translation>移动放大的图片</translation>
    </message>
    <message>
        <source>Save the photo</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Halt the video, or go on</source>
        <translation>暂停或继续播放视频</translation>
    </message>
    <message>
        <source>Play the video faster</source>
        <translation>视频加速播放</translation>
    </message>
    <message>
        <source>About the member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>At a photo of a campaign</source>
        <translation>选中活动照片时</translation>
    </message>
    <message>
        <source>At a chart</source>
        <translation>在图表上</translation>
    </message>
    <message>
        <source>In a photo or video</source>
        <translation>看图片或视频时</translation>
    </message>
    <message>
        <source>Redeem a coupon…</source>
        <translation>核销优惠券…</translation>
    </message>
    <message>
        <source>The item the photo shows</source>
        <translation>照片关联的商品</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Find an article, or scan it</source>
        <translation>查找商品,或扫码</translation>
    </message>
    <message>
        <source>Change what stands in a cell</source>
        <translation>修改单元格</translation>
    </message>
    <message>
        <source>Take an edit back</source>
        <translation>撤销修改</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Among the goods</source>
        <translation>在商品里</translation>
    </message>
    <message>
        <source>Answer what she asks for, and keep it</source>
        <translation>回复她问的商品并预留</translation>
    </message>
    <message>
        <source>Tell her when what she asks for is back</source>
        <translation>她问的到货了告诉她</translation>
    </message>
    <message>
        <source>Check in a member…</source>
        <translation>会员到店…</translation>
    </message>
    <message>
        <source>Fittings</source>
        <translation>试衣</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The next day</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished">今天</translation>
    </message>
    <message>
        <source>Move a fitting: Shift and the arrows</source>
        <translation>移动预约:Shift 加方向键</translation>
    </message>
    <message>
        <source>Book a free place</source>
        <translation>在空闲处预约</translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation>撤销刚才的操作</translation>
    </message>
    <message>
        <source>Among the fittings</source>
        <translation>在试衣看板</translation>
    </message>
    <message>
        <source>The same, and choose how long it is kept</source>
        <translation>同上,并选择留多久</translation>
    </message>
    <message>
        <source>Holds…</source>
        <translation>预留…</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>Without the line this PIN cannot be checked here. Please try again later.</source>
        <translation>没有连线，这里无法核对密码，请稍后再试。</translation>
    </message>
    <message>
        <source>That was not it.</source>
        <translation>密码不对。</translation>
    </message>
    <message>
        <source>That was not it. Once more in {n} s.</source>
        <translation>密码不对，{n} 秒后可再试。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>The shop goes on: messages come in, and what you wrote is kept.</source>
        <translation>店铺照常运转：消息照收，您写到一半的内容都在。</translation>
    </message>
    <message>
        <source>PIN or password</source>
        <translation>PIN 码或密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Another person…</source>
        <translation>换人登录…</translation>
    </message>
</context>
<context>
    <name>MemberEdit</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>Lunar calendar</source>
        <translation>农历</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上装</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下装</translation>
    </message>
    <message>
        <source>Waist</source>
        <translation>腰围</translation>
    </message>
    <message>
        <source>Shoes</source>
        <translation>鞋</translation>
    </message>
    <message>
        <source>female</source>
        <translation>女</translation>
    </message>
    <message>
        <source>male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Choose month and day, or neither</source>
        <translation>请同时选择月和日,或都不选</translation>
    </message>
    <message>
        <source>No member ever sees it.</source>
        <translation>会员永远看不到备注。</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>lunar</source>
        <translation>农历</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep what is chosen</source>
        <translation>按所选保存</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Yours: {value}</source>
        <translation>你填的:{value}</translation>
    </message>
    <message>
        <source>There now: {value}</source>
        <translation>现在是:{value}</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile. Which one is right?</source>
        <translation>同事刚刚也改了这一项,以哪个为准?</translation>
    </message>
</context>
<context>
    <name>MemberPane</name>
    <message>
        <source>About the member</source>
        <translation>会员资料</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>为她预留</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>问过的商品</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>买过</translation>
    </message>
    <message>
        <source>Whole history</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>合并…</translation>
    </message>
    <message>
        <source>Two members are one person</source>
        <translation>两位会员其实是同一个人</translation>
    </message>
    <message>
        <source>Show the whole number</source>
        <translation>显示完整号码</translation>
    </message>
    <message>
        <source>Change her facts</source>
        <translation>修改资料</translation>
    </message>
    <message>
        <source>Invite her</source>
        <translation>邀请她</translation>
    </message>
    <message>
        <source>A personal link for {name}</source>
        <translation>给{name}的专属链接</translation>
    </message>
    <message>
        <source>new member</source>
        <translation>新会员</translation>
    </message>
    <message>
        <source>member {n} mo</source>
        <translation>会员 {n} 个月</translation>
    </message>
    <message>
        <source>member {n} yr</source>
        <translation>会员 {n} 年</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>上次到店</translation>
    </message>
    <message>
        <source>Visits: {n}</source>
        <translation>到店 {n} 次</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>{n} pcs · {sum}</source>
        <translation>{n} 件 · {sum}</translation>
    </message>
    <message>
        <source>12 months</source>
        <translation>近 12 个月</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{n} d to go</source>
        <translation>还有 {n} 天</translation>
    </message>
    <message>
        <source>today</source>
        <translation>就是今天</translation>
    </message>
    <message>
        <source>shown for {n} s</source>
        <translation>{n} 秒后隐藏</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>kept for her</source>
        <translation>已留好</translation>
    </message>
    <message>
        <source>collected</source>
        <translation>已取走</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>lapsed</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>lunar {month}/{day}</source>
        <translation>农历 {month} 月 {day} 日</translation>
    </message>
    <message>
        <source>not agreed</source>
        <translation>未同意</translation>
    </message>
    <message>
        <source>agreed · at most {n} a week</source>
        <translation>已同意 · 每周最多 {n} 条</translation>
    </message>
    <message>
        <source>Told when it is back</source>
        <translation>到货通知</translation>
    </message>
</context>
<context>
    <name>Merge</name>
    <message>
        <source>since {day}</source>
        <translation>{day} 入会</translation>
    </message>
    <message>
        <source>What moves</source>
        <translation>将转移</translation>
    </message>
    <message>
        <source>Messages: {n}</source>
        <translation>{n} 条消息</translation>
    </message>
    <message>
        <source>Purchases: {n}</source>
        <translation>{n} 笔购买</translation>
    </message>
    <message>
        <source>Visits: {n}</source>
        <translation>{n} 次到店</translation>
    </message>
    <message>
        <source>Enquiries: {n}</source>
        <translation>{n} 次询问</translation>
    </message>
    <message>
        <source>Holds: {n}</source>
        <translation>{n} 件预留</translation>
    </message>
    <message>
        <source>Tags: {n}</source>
        <translation>{n} 个标签</translation>
    </message>
    <message>
        <source>Points together: {n}</source>
        <translation>积分合计 {n}</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Is taken in</source>
        <translation>并入</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Names, pinyin initials and phone ends count.</source>
        <translation>可搜姓名、拼音首字母和手机尾号。</translation>
    </message>
    <message>
        <source>Who is the same person?</source>
        <translation>哪一位是同一个人?</translation>
    </message>
    <message>
        <source>Search her other entry by name or phone end.</source>
        <translation>用姓名或手机尾号搜索她的另一条资料。</translation>
    </message>
    <message>
        <source>Merge another member into {name}</source>
        <translation>把另一位会员并入 {name}</translation>
    </message>
    <message>
        <source>Everything of the other one becomes hers. It can be taken back within 30 days.</source>
        <translation>另一位的全部记录都会归到她名下。30 天内可以撤销。</translation>
    </message>
    <message>
        <source>Name, initials or phone end</source>
        <translation>姓名、拼音首字母或手机尾号</translation>
    </message>
    <message>
        <source>Search the other member</source>
        <translation>搜索另一位会员</translation>
    </message>
    <message>
        <source>Members found</source>
        <translation>找到的会员</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>换一位</translation>
    </message>
    <message>
        <source>Coupons: {n}</source>
        <translation>{n} 张券</translation>
    </message>
    <message>
        <source>Places in line: {n}</source>
        <translation>到货登记:{n}</translation>
    </message>
</context>
<context>
    <name>More</name>
    <message>
        <source>Done, stay here</source>
        <translation>完成,留在这里</translation>
    </message>
    <message>
        <source>Whole history</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Merge with another member…</source>
        <translation>与另一位会员合并…</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>拉黑…</translation>
    </message>
    <message>
        <source>Tag {tag} taken off</source>
        <translation>已移除标签 {tag}</translation>
    </message>
    <message>
        <source>Show the whole number</source>
        <translation>显示完整号码</translation>
    </message>
    <message>
        <source>Who asked and why is recorded. It is shown for half a minute.</source>
        <translation>会记录是谁、为什么查看。号码显示半分钟。</translation>
    </message>
    <message>
        <source>She asked to be called</source>
        <translation>她要求回电</translation>
    </message>
    <message>
        <source>About a hold or a fitting</source>
        <translation>预留或试穿事宜</translation>
    </message>
    <message>
        <source>About a delivery</source>
        <translation>配送事宜</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Block {name}?</source>
        <translation>拉黑 {name}?</translation>
    </message>
    <message>
        <source>What she writes will not arrive; she is not told. It is recorded.</source>
        <translation>她发来的消息不会送达,她不会收到提示。此操作会被记录。</translation>
    </message>
    <message>
        <source>Abuse or insults</source>
        <translation>辱骂或骚扰</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>Not a customer</source>
        <translation>不是顾客</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>拉黑</translation>
    </message>
    <message>
        <source>{name} is blocked</source>
        <translation>已拉黑 {name}</translation>
    </message>
    <message>
        <source>Merged into {name}</source>
        <translation>已并入 {name}</translation>
    </message>
    <message>
        <source>Merging; it takes a moment</source>
        <translation>正在合并,请稍候</translation>
    </message>
    <message>
        <source>This needs the line to the relay</source>
        <translation>此操作需要联网</translation>
    </message>
    <message>
        <source>Book a fitting…</source>
        <translation>约试穿…</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>A member wrote</source>
        <translation>有会员发来消息</translation>
    </message>
    <message>
        <source>{n} members wrote</source>
        <translation>{n} 位会员发来消息</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names}等，另有 {n} 位</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>Of a campaign that is read to the end, or whose recipients are kept on the relay only, the relay adds it up; of any other this computer counts it from the rows that it has copied.</source>
        <translation>已经看完的活动、收件人只存在中继上的活动,由中继累加;其余的由这台电脑从同步来的记录数出。</translation>
    </message>
    <message>
        <source>The relay adds up: {relay}. This computer counts from the rows that it has copied: {here}.</source>
        <translation>由中继累加:{relay}。由这台电脑从同步来的记录数出:{here}。</translation>
    </message>
    <message>
        <source>{who} {offline}</source>
        <translation>{who}{offline}</translation>
    </message>
    <message>
        <source>The relay adds it up as it happens; this computer shows its newest copy of that.</source>
        <translation>由中继在事情发生时累加,这台电脑显示最近同步到的。</translation>
    </message>
    <message>
        <source>This computer counts it from the rows that it has copied.</source>
        <translation>由这台电脑从同步来的记录数出。</translation>
    </message>
    <message>
        <source>There is no line: as last known, {time}.</source>
        <translation>现在断网:是最后知道的,截至 {time}。</translation>
    </message>
    <message>
        <source>Without a line: as last known, with the time.</source>
        <translation>断网时是最后知道的,并写明时间。</translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message>
        <source>What waited to be sent here could not be read</source>
        <translation>这里等待发送的内容读不出来了</translation>
    </message>
    <message>
        <source>Messages that had reached the shop are safe. Look at the ones you wrote last: what is missing in the conversation was not sent. The damaged file was kept as {file}.</source>
        <translation>已经送到店里的消息都在。请看一下最后写的几条:对话里没有的就是没有发出去。损坏的文件留在 {file}。</translation>
    </message>
    <message>
        <source>I will look</source>
        <translation>我去看看</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished">没有找到</translation>
    </message>
    <message>
        <source>Names, pinyin, phone ends, tags and words count.</source>
        <translation>姓名、拼音、手机尾号、标签和消息字词都可以搜</translation>
    </message>
    <message>
        <source>The search could not be read</source>
        <translation>搜索没有成功</translation>
    </message>
    <message>
        <source>Nothing is lost. Try again.</source>
        <translation type="unfinished">数据都在,请再试一次。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished">重试</translation>
    </message>
    <message>
        <source>Searches what this console keeps, also without a line</source>
        <translation>搜索这台电脑里保存的内容,断网时也能用</translation>
    </message>
    <message>
        <source>Still fetching: not everything is found yet</source>
        <translation>还在同步,暂时搜不全</translation>
    </message>
    <message>
        <source>Searches {n} days of messages; older ones are on the relay</source>
        <translation>可搜 {n} 天内的消息,更早的在中继上</translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished">查找</translation>
    </message>
    <message>
        <source>Members, conversations, words, screens, actions</source>
        <translation>会员、会话、消息内容、页面、操作</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>↑↓ choose · Enter opens · Esc leaves</source>
        <translation>↑↓ 选择 · Enter 打开 · Esc 关闭</translation>
    </message>
    <message>
        <source>Answer who waits longest</source>
        <translation>回复等得最久的会员</translation>
    </message>
    <message>
        <source>Appearance: {name}</source>
        <translation>外观:{name}</translation>
    </message>
    <message>
        <source>Language: {name}</source>
        <translation>语言:{name}</translation>
    </message>
    <message>
        <source>Searched before</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Group conversations</source>
        <translation>群聊</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished">消息</translation>
    </message>
    <message>
        <source>More messages</source>
        <translation>更多消息</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Group conversation</source>
        <translation>群聊</translation>
    </message>
    <message>
        <source>Settings: {name}</source>
        <translation>设置:{name}</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation type="unfinished">说明</translation>
    </message>
    <message>
        <source>shows an item</source>
        <translation>已关联商品</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Crop…</source>
        <translation>裁剪…</translation>
    </message>
    <message>
        <source>Drag in, paste
or click to pick</source>
        <translation>拖入、粘贴
或点击选择照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished">图片</translation>
    </message>
    <message>
        <source>Drag to reorder, Enter for the caption, Delete to remove</source>
        <translation type="unfinished">拖动可排序,Enter 写说明,Delete 移除</translation>
    </message>
    <message>
        <source>What can be done with the photo</source>
        <translation>可对照片进行的操作</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Item it shows…</source>
        <translation>关联商品…</translation>
    </message>
</context>
<context>
    <name>PhotoItem</name>
    <message>
        <source>{n} in stock</source>
        <translation>库存 {n} 件</translation>
    </message>
    <message>
        <source>Several colours</source>
        <translation>多个颜色</translation>
    </message>
    <message>
        <source>The item it shows</source>
        <translation>关联商品</translation>
    </message>
    <message>
        <source>Name or number of an item</source>
        <translation type="unfinished">商品名称或货号</translation>
    </message>
    <message>
        <source>Search items</source>
        <translation type="unfinished">搜索商品</translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished">商品</translation>
    </message>
    <message>
        <source>No item fits</source>
        <translation type="unfinished">没有符合的商品</translation>
    </message>
    <message>
        <source>A tap on the photo counts as a question about the item and colour. Caption and price are filled in where they are blank; write the price behind the caption: Red coat ¥599</source>
        <translation>会员点这张照片就算问过这件商品和颜色。说明和价格空着时会自动填好;价格写在说明后面:红色风衣 ¥599</translation>
    </message>
    <message>
        <source>It shows no item</source>
        <translation>取消关联</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>关联</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Photos to send</source>
        <translation>待发送的图片</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Drag to reorder, Enter for the caption, Delete to remove</source>
        <translation>拖动可排序,Enter 写说明,Delete 移除</translation>
    </message>
    <message>
        <source>Photo {n} of {all}: {caption}</source>
        <translation>第 {n} 张,共 {all} 张:{caption}</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Colour strip</source>
        <translation>颜色对比</translation>
    </message>
    <message>
        <source>Photos one by one, with captions</source>
        <translation>一张一张,各带说明</translation>
    </message>
    <message>
        <source>Photos side by side, to compare; captions are their labels</source>
        <translation>并排对比,说明就是颜色标签</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>This photo is not on this computer yet</source>
        <translation>这张图片还没有下载到这台电脑</translation>
    </message>
    <message>
        <source>Photo {n} of {all}</source>
        <translation>第 {n} 张图片,共 {all} 张</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>Waiting {n} min</source>
        <translation>等待 {n} 分</translation>
    </message>
    <message>
        <source>Waiting {n} h</source>
        <translation>等待 {n} 小时</translation>
    </message>
    <message>
        <source>Waiting {n} d</source>
        <translation>等待 {n} 天</translation>
    </message>
    <message>
        <source>Waiting {s} s</source>
        <translation>等待 {s} 秒</translation>
    </message>
    <message>
        <source>Waiting {m} min {s} s</source>
        <translation>等待 {m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>金卡</translation>
    </message>
    <message>
        <source>Silver</source>
        <translation>银卡</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation type="unfinished">明天</translation>
    </message>
    <message>
        <source>[Photo]</source>
        <translation>[图片]</translation>
    </message>
    <message>
        <source>[Voice]</source>
        <translation>[语音]</translation>
    </message>
    <message>
        <source>[Video]</source>
        <translation>[视频]</translation>
    </message>
    <message>
        <source>[Product]</source>
        <translation>[商品]</translation>
    </message>
    <message>
        <source>[Recalled]</source>
        <translation>[已撤回]</translation>
    </message>
    <message>
        <source>You: {text}</source>
        <translation>你:{text}</translation>
    </message>
    <message>
        <source>[Note]</source>
        <translation>[备注]</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>This recording is not on this computer yet</source>
        <translation>这段语音还没有下载到这台电脑</translation>
    </message>
    <message>
        <source>This computer has no speaker or headphones to hear it with</source>
        <translation>这台电脑没有可用的音箱或耳机</translation>
    </message>
    <message>
        <source>This recording cannot be played here</source>
        <translation>这段语音无法在这里播放</translation>
    </message>
    <message>
        <source>Voice from {name}</source>
        <translation>{name}的语音</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Now playing</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>倍速</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>停止播放</translation>
    </message>
</context>
<context>
    <name>Poster</name>
    <message>
        <source>Works here and at home. Nothing to install.</source>
        <translation>在店里和家里都能用,无需安装。</translation>
    </message>
    <message>
        <source>Works only in this shop&apos;s Wi-Fi. Nothing to install.</source>
        <translation>只在本店 Wi-Fi 下能用,无需安装。</translation>
    </message>
    <message>
        <source>Scan to chat with us</source>
        <translation>扫一扫,和我们聊聊</translation>
    </message>
    <message>
        <source>Ask about sizes · hold an item · new arrivals first</source>
        <translation>问尺码 · 留衣服 · 先看新款</translation>
    </message>
    <message>
        <source>Open {hours}</source>
        <translation>营业时间 {hours}</translation>
    </message>
    <message>
        <source>Save the poster</source>
        <translation>保存海报</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>The file could not be written. Choose another place</source>
        <translation>文件写不进去,请换一个位置</translation>
    </message>
    <message>
        <source>Save as PDF to print</source>
        <translation>保存 PDF 打印</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>The shop&apos;s relay runs on this computer</source>
        <translation>店铺的中继在这台电脑上运行</translation>
    </message>
    <message>
        <source>Open the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>Quit; the shop stays open</source>
        <translation>退出,店铺继续营业</translation>
    </message>
    <message>
        <source>Stop the relay and quit…</source>
        <translation>停止中继并退出…</translation>
    </message>
    <message>
        <source>The shop stays open</source>
        <translation>店铺继续在线</translation>
    </message>
    <message>
        <source>Members can still write. This icon opens the window again.</source>
        <translation>会员仍可发消息。点此图标可重新打开窗口。</translation>
    </message>
    <message>
        <source>Members can still write: the relay goes on in the background. Settings can stop it.</source>
        <translation>会员仍可发消息:中继在后台继续运行。可在设置中停止。</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Stop the shop&apos;s relay?</source>
        <translation>要停止店铺的中继吗?</translation>
    </message>
    <message>
        <source>Until Hanger is opened again phones cannot reach the shop. Nothing is lost.</source>
        <translation>再次打开衣架之前,手机将连不上店铺。不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
</context>
<context>
    <name>Products</name>
    <message>
        <source>Stock by colour and size</source>
        <translation>各颜色尺码库存</translation>
    </message>
    <message>
        <source>Ledger of this variant</source>
        <translation>这一款的库存流水</translation>
    </message>
    <message>
        <source>Similar, in stock in this size</source>
        <translation>同码有货的类似款</translation>
    </message>
    <message>
        <source>Nothing similar is in stock.</source>
        <translation>没有类似的现货。</translation>
    </message>
    <message>
        <source>Nothing has moved in the last 180 days.</source>
        <translation>近 180 天没有出入库。</translation>
    </message>
    <message>
        <source>Count…</source>
        <translation>盘点…</translation>
    </message>
    <message>
        <source>Came or went…</source>
        <translation>出入库…</translation>
    </message>
    <message>
        <source>Leave it as it stands now</source>
        <translation>保留现在的内容</translation>
    </message>
    <message>
        <source>Choose an article</source>
        <translation>选一件商品</translation>
    </message>
    <message>
        <source>Its stock, its ledger and what is similar show here.</source>
        <translation>这里显示它的库存、流水和类似款。</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>全部分类</translation>
    </message>
    <message>
        <source>1 colour and size</source>
        <translation>1 个款</translation>
    </message>
    <message>
        <source>{n} colours and sizes</source>
        <translation>{n} 个款</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Name, pinyin, number, colour, size, shelf; or scan a barcode</source>
        <translation>名称、拼音、货号、颜色、尺码、货位,或扫码</translation>
    </message>
    <message>
        <source>Find an article, or scan it</source>
        <translation>查找商品,或扫码</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished">全部</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>有货</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>售罄</translation>
    </message>
    <message>
        <source>Oversold</source>
        <translation>超卖</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建商品</translation>
    </message>
    <message>
        <source>Each colour is made in each size; count them afterwards.</source>
        <translation>每种颜色都有每个尺码,库存之后再盘点。</translation>
    </message>
    <message>
        <source>The first one gets the barcode {code}.</source>
        <translation>条码 {code} 给第一个款。</translation>
    </message>
    <message>
        <source>Article number</source>
        <translation>货号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Colours, with spaces between</source>
        <translation>颜色,用空格隔开</translation>
    </message>
    <message>
        <source>Sizes, with spaces between</source>
        <translation>尺码,用空格隔开</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>No variant has the barcode {code}.</source>
        <translation>没有条码为 {code} 的商品。</translation>
    </message>
    <message>
        <source>New: {name} waits for the relay.</source>
        <translation>新品 {name} 等待同步。</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation type="unfinished">放弃</translation>
    </message>
    <message>
        <source>The goods could not be read</source>
        <translation>商品读取失败</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>数据都在。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished">重试</translation>
    </message>
    <message>
        <source>Nothing is like that</source>
        <translation>没有符合的商品</translation>
    </message>
    <message>
        <source>Try fewer words, or another category.</source>
        <translation>少写几个词,或换个分类。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished">查看全部</translation>
    </message>
    <message>
        <source>No goods yet</source>
        <translation>还没有商品</translation>
    </message>
    <message>
        <source>Import a list, or begin with one article.</source>
        <translation>导入一张表,或先建一件商品。</translation>
    </message>
    <message>
        <source>No line to the relay: what you change waits here and is checked then.</source>
        <translation>离线中:修改先存在本机,连上后再核对。</translation>
    </message>
    <message>
        <source>Count the stock</source>
        <translation>盘点库存</translation>
    </message>
    <message>
        <source>Units came or went</source>
        <translation>登记出入库</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Units on the shelf</source>
        <translation>货架上的件数</translation>
    </message>
    <message>
        <source>Units (−2: they went)</source>
        <translation>件数(−2 表示出库)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished">备注</translation>
    </message>
    <message>
        <source>Write into the ledger</source>
        <translation>记入流水</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished">颜色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>To sell</source>
        <translation>可售</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>货位</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>{n} in stock</source>
        <translation type="unfinished">库存 {n} 件</translation>
    </message>
    <message>
        <source>{n} kept for members</source>
        <translation>{n} 件已留给会员</translation>
    </message>
    <message>
        <source>{n} kept that are not there</source>
        <translation>{n} 件留货缺货</translation>
    </message>
    <message>
        <source>Opening stock</source>
        <translation>期初</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到货</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>售出</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation type="unfinished">统计方式</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Moved between shops</source>
        <translation>调拨</translation>
    </message>
    <message>
        <source>{n} more than were counted</source>
        <translation>比账面多 {n} 件</translation>
    </message>
    <message>
        <source>waits for the relay</source>
        <translation>等待同步</translation>
    </message>
    <message>
        <source>An article needs a number of at most 40 characters.</source>
        <translation>货号不能为空,最多 40 个字符。</translation>
    </message>
    <message>
        <source>An article needs a name of at most 60 characters.</source>
        <translation>名称不能为空,最多 60 个字。</translation>
    </message>
    <message>
        <source>A price is a number such as 599 or 59.90.</source>
        <translation>价格要写成数字,如 599 或 59.90。</translation>
    </message>
    <message>
        <source>A promotion price is a number below the price.</source>
        <translation>促销价要低于原价。</translation>
    </message>
    <message>
        <source>The stock is a whole number from 0 to 1,000,000.</source>
        <translation>库存是 0 到 1,000,000 的整数。</translation>
    </message>
    <message>
        <source>That many units cannot come or go for this reason.</source>
        <translation>这个原因不能登记这个件数。</translation>
    </message>
    <message>
        <source>A barcode has 4 to 40 letters and digits, no spaces.</source>
        <translation>条码是 4 到 40 位字母或数字,不含空格。</translation>
    </message>
    <message>
        <source>A colour is written as #B33A2F.</source>
        <translation>色值要写成 #B33A2F。</translation>
    </message>
    <message>
        <source>Who wears it is women, men or all.</source>
        <translation>适用只能是女、男或通用。</translation>
    </message>
    <message>
        <source>This text is too long or has signs that cannot be kept.</source>
        <translation>文字太长,或含有不能保存的符号。</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>促销价</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名</translation>
    </message>
    <message>
        <source>Who wears it</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Style tags</source>
        <translation>风格标签</translation>
    </message>
    <message>
        <source>English colour</source>
        <translation>英文颜色</translation>
    </message>
    <message>
        <source>it has no article number</source>
        <translation>没有货号</translation>
    </message>
    <message>
        <source>another line of the article says otherwise</source>
        <translation>与同货号的另一行不一致</translation>
    </message>
    <message>
        <source>it stands above already</source>
        <translation>上面已经有了</translation>
    </message>
    <message>
        <source>Line {n}: {field} “{text}” — {trouble}</source>
        <translation>第 {n} 行:{field}「{text}」—{trouble}</translation>
    </message>
    <message>
        <source>Line {n}: {trouble}</source>
        <translation>第 {n} 行:{trouble}</translation>
    </message>
    <message>
        <source>Line {n}: {text} — {trouble}</source>
        <translation type="unfinished">第 {n} 行：{text}（{trouble}）</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>already so</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>新建 {n} 件</translation>
    </message>
    <message>
        <source>{n} changed</source>
        <translation>修改 {n} 件</translation>
    </message>
    <message>
        <source>{n} already so</source>
        <translation>不变 {n} 件</translation>
    </message>
    <message>
        <source>1 line is not taken</source>
        <translation>1 行不导入</translation>
    </message>
    <message>
        <source>{n} lines are not taken</source>
        <translation>{n} 行不导入</translation>
    </message>
    <message>
        <source>1 article is taken</source>
        <translation>已导入 1 件</translation>
    </message>
    <message>
        <source>{n} articles are taken</source>
        <translation>已导入 {n} 件</translation>
    </message>
    <message>
        <source>{n} were refused</source>
        <translation>{n} 件被拒绝</translation>
    </message>
    <message>
        <source>{n} were left out</source>
        <translation>{n} 件没有导入</translation>
    </message>
    <message>
        <source>This table is too large: 50,000 lines and 20 MB at most.</source>
        <translation>表格太大:最多 50,000 行、20 MB。</translation>
    </message>
    <message>
        <source>This file cannot be read as a table.</source>
        <translation>这个文件不能当表格读取。</translation>
    </message>
    <message>
        <source>This spreadsheet is damaged or locked with a password.</source>
        <translation>这个 Excel 文件已损坏或设了密码。</translation>
    </message>
    <message>
        <source>Import goods</source>
        <translation>导入商品</translation>
    </message>
    <message>
        <source>A table (CSV or Excel) with a line for each colour and size; lines of one number are one article. What is here already is changed by number and barcode, never doubled; empty cells change nothing.</source>
        <translation>CSV 或 Excel 表,每个颜色和尺码一行,同货号的行是一件商品。已有的按货号和条码更新,不会重复;空单元格不改动。</translation>
    </message>
    <message>
        <source>Open a table…</source>
        <translation>打开表格…</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>What the list would do</source>
        <translation>导入预览</translation>
    </message>
    <message>
        <source>Lines that are not taken</source>
        <translation>不导入的行</translation>
    </message>
    <message>
        <source>Open a table of goods</source>
        <translation>打开商品表</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx)</source>
        <translation>表格 (*.csv *.tsv *.txt *.xlsx)</translation>
    </message>
    <message>
        <source>Say which column has the article numbers.</source>
        <translation>请选出货号在哪一列。</translation>
    </message>
    <message>
        <source>Import 1 article</source>
        <translation>导入 1 件商品</translation>
    </message>
    <message>
        <source>Import {n} articles</source>
        <translation>导入 {n} 件商品</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The line to the relay is gone. Import the same table again later: what is taken already stays as it is.</source>
        <translation>与中继的连接断了。稍后重新导入同一张表即可,已导入的不受影响。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(无)</translation>
    </message>
    <message>
        <source>Column {n}</source>
        <translation>第 {n} 列</translation>
    </message>
    <message>
        <source>Member {n}</source>
        <translation type="unfinished">会员 {n}</translation>
    </message>
    <message>
        <source>Who waits for it, in order</source>
        <translation>等到货的会员(按先后)</translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation>有人等</translation>
    </message>
    <message>
        <source>1 waits</source>
        <translation>1 人等</translation>
    </message>
    <message>
        <source>{n} wait</source>
        <translation>{n} 人等</translation>
    </message>
    <message>
        <source>one is kept until {when}</source>
        <translation>已留一件,到 {when}</translation>
    </message>
    <message>
        <source>asked {when}</source>
        <translation>{when} 登记</translation>
    </message>
</context>
<context>
    <name>Promise</name>
    <message>
        <source>Promise of a reply</source>
        <translation>回复承诺</translation>
    </message>
    <message>
        <source>The phone page says how soon we usually answer</source>
        <translation>在手机页上显示我们通常多久回复</translation>
    </message>
    <message>
        <source>It is the usual wait of the last 14 days during opening hours; who still waits counts too. With too few replies nothing is promised.</source>
        <translation>取最近 14 天营业时间内的中位等待时间,还在等的也算在内。回复太少时不作承诺。</translation>
    </message>
    <message>
        <source>What it says now is known once the line is back.</source>
        <translation>连上服务端后才知道现在显示什么。</translation>
    </message>
    <message>
        <source>It says nothing now: {n} replies are counted, {needed} are needed.</source>
        <translation>现在什么也不显示:只统计到 {n} 次回复,至少要 {needed} 次。</translation>
    </message>
    <message>
        <source>Hidden. It would say “{text}”.</source>
        <translation>已隐藏。否则会显示“{text}”。</translation>
    </message>
    <message>
        <source>Now it says “{text}”.</source>
        <translation>现在显示“{text}”。</translation>
    </message>
    <message>
        <source>Usually replies within {n} min</source>
        <translation>通常 {n} 分钟内回复</translation>
    </message>
    <message>
        <source>Usually replies within {n} h</source>
        <translation>通常 {n} 小时内回复</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>Erased member</source>
        <translation>已删除的会员</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>明天 {time}</translation>
    </message>
    <message>
        <source>Back {time}</source>
        <translation>{time} 提醒</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>1 小时后</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>今晚</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Next Monday</source>
        <translation>下周一</translation>
    </message>
    <message>
        <source>As last time</source>
        <translation>上次用过</translation>
    </message>
</context>
<context>
    <name>QueueActions</name>
    <message>
        <source>Done with {name}</source>
        <translation>{name} 已完成</translation>
    </message>
    <message>
        <source>{name} · here now</source>
        <translation>{name} · 在线</translation>
    </message>
    <message>
        <source>Take it myself</source>
        <translation>由我负责</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>不指定</translation>
    </message>
    <message>
        <source>{member} is with {name} now</source>
        <translation>{member} 已转交 {name}</translation>
    </message>
    <message>
        <source>{member} is with nobody now</source>
        <translation>{member} 已不指定负责人</translation>
    </message>
    <message>
        <source>{name} is back in the queue</source>
        <translation>{name} 已回到待回复</translation>
    </message>
    <message>
        <source>{name} comes back: {time}</source>
        <translation>{name} 将于 {time} 提醒</translation>
    </message>
    <message>
        <source>Not handed over</source>
        <translation>未能转交</translation>
    </message>
    <message>
        <source>Not put off</source>
        <translation>未能设置提醒</translation>
    </message>
    <message>
        <source>Not done yet</source>
        <translation>未能完成</translation>
    </message>
    <message>
        <source>Not opened again</source>
        <translation>未能重新打开</translation>
    </message>
    <message>
        <source>Tags not changed</source>
        <translation>标签未更改</translation>
    </message>
    <message>
        <source>Not voided</source>
        <translation>没有作废</translation>
    </message>
    <message>
        <source>Not blocked or unblocked</source>
        <translation>拉黑状态未更改</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>Not redeemed</source>
        <translation>没有核销</translation>
    </message>
    <message>
        <source>Not taken back</source>
        <translation>没有撤回核销</translation>
    </message>
    <message>
        <source>The offer is not closed</source>
        <translation>优惠没有结束</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>没有留成</translation>
    </message>
    <message>
        <source>Not let go</source>
        <translation>没有放掉</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>没有计到店</translation>
    </message>
    <message>
        <source>Still counted</source>
        <translation>到店没有撤销</translation>
    </message>
    <message>
        <source>The fitting is not booked</source>
        <translation>试穿没有约上</translation>
    </message>
    <message>
        <source>The fitting is not moved</source>
        <translation>试穿没有改约</translation>
    </message>
    <message>
        <source>The fitting is not cancelled</source>
        <translation>试穿没有取消</translation>
    </message>
    <message>
        <source>The fitting stays as it was</source>
        <translation>试穿状态没有改变</translation>
    </message>
</context>
<context>
    <name>Quick</name>
    <message>
        <source>Save as quick reply</source>
        <translation>存为快捷语</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What you type behind /; optional</source>
        <translation>在 / 后面输入的字母,可不填</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>{name} and {points} are filled in; [day] is a blank to type into</source>
        <translation>{name}、{points} 会自动填好;[日期] 是要手填的空</translation>
    </message>
    <message>
        <source>Only for me</source>
        <translation>只给自己用</translation>
    </message>
    <message>
        <source>For the whole shop</source>
        <translation>全店共用</translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished">保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>One word without spaces</source>
        <translation>要连着写,不能有空格</translation>
    </message>
    <message>
        <source>Kept; / finds it</source>
        <translation>已存好,输入 / 就能找到</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation type="unfinished">快捷语</translation>
    </message>
    <message>
        <source>No quick reply fits; Esc closes, the text stays</source>
        <translation>没有符合的快捷语;按 Esc 关闭,文字会保留</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter inserts · Tab goes to blanks</source>
        <translation>↑ ↓ 选择 · Enter 插入 · Tab 跳到空格</translation>
    </message>
    <message>
        <source>Manage…</source>
        <translation>管理…</translation>
    </message>
    <message>
        <source>name</source>
        <translation>称呼</translation>
    </message>
    <message>
        <source>your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>shop</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>points</source>
        <translation>积分</translation>
    </message>
</context>
<context>
    <name>QuickReplies</name>
    <message>
        <source>One word without spaces.</source>
        <translation>请填一个词,不要有空格。</translation>
    </message>
    <message>
        <source>Write something, or add a picture.</source>
        <translation>请写点内容,或加一张图片。</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title}(副本)</translation>
    </message>
    <message>
        <source>what to fill in</source>
        <translation>要填的内容</translation>
    </message>
    <message>
        <source>Emily</source>
        <translation>雨桐</translation>
    </message>
    <message>
        <source>A new quick reply</source>
        <translation>新快捷语</translation>
    </message>
    <message>
        <source>Give up my change</source>
        <translation>放弃我的修改</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷词</translation>
    </message>
    <message>
        <source>Typed behind / in the reply box.</source>
        <translation>在回复框里输入 / 加这个词。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>+ member&apos;s name</source>
        <translation>+ 会员称呼</translation>
    </message>
    <message>
        <source>+ my name</source>
        <translation>+ 我的名字</translation>
    </message>
    <message>
        <source>+ shop</source>
        <translation>+ 店名</translation>
    </message>
    <message>
        <source>+ her points</source>
        <translation>+ 积分</translation>
    </message>
    <message>
        <source>+ blank to fill in</source>
        <translation>+ 待填空格</translation>
    </message>
    <message>
        <source>What stands in {} is filled in by itself; what stands in [] is typed over before it is sent.</source>
        <translation>{} 里的内容会自动填好;[] 里的内容发送前再改。</translation>
    </message>
    <message>
        <source>So it would read</source>
        <translation>发出去是这样</translation>
    </message>
    <message>
        <source>For</source>
        <translation>给谁用</translation>
    </message>
    <message>
        <source>Everybody in the shop</source>
        <translation>全店</translation>
    </message>
    <message>
        <source>Only me</source>
        <translation>只有我</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Remove picture {n}</source>
        <translation>移除第 {n} 张图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>+ Picture</source>
        <translation>+ 图片</translation>
    </message>
    <message>
        <source>[{n} pictures] </source>
        <translation>[{n} 张图片] </translation>
    </message>
    <message>
        <source>only me</source>
        <translation>仅自己</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>没有保存</translation>
    </message>
    <message>
        <source>waits for the line</source>
        <translation>等待联网</translation>
    </message>
    <message>
        <source>used {n}×</source>
        <translation>用过 {n} 次</translation>
    </message>
    <message>
        <source>“{title}” is removed.</source>
        <translation>“{title}”已删除。</translation>
    </message>
    <message>
        <source>Words kept ready</source>
        <translation>备好的话</translation>
    </message>
    <message>
        <source>Type / in the reply box to use one. Those used most come first.</source>
        <translation>在回复框输入 / 就能用。用得多的排在前面。</translation>
    </message>
    <message>
        <source>Search name, shortcut and words</source>
        <translation>搜索名称、快捷词和内容</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation>快捷语</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>The shop&apos;s</source>
        <translation>全店</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Add {n} usual ones in Chinese</source>
        <translation>补上 {n} 条中文常用语</translation>
    </message>
    <message>
        <source>Add {n} usual ones in English</source>
        <translation>补上 {n} 条英文常用语</translation>
    </message>
    <message>
        <source>None has these words.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>None yet. “New” makes the first one.</source>
        <translation>还没有快捷语。点“新建”写第一条。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>{n} to send</source>
        <translation>待发 {n} 条</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Fetching {n}%</source>
        <translation>同步 {n}%</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>同步中</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>需要更新</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>离线
{time} 起</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>待发 {n} 条</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Switch user</source>
        <translation>切换用户</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Me: {name}</source>
        <translation>我:{name}</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Fittings</source>
        <translation>试衣</translation>
    </message>
</context>
<context>
    <name>Reach</name>
    <message>
        <source>Please write it like https://shop.example</source>
        <translation>请写成 https://shop.example 的样子</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Test it before you print the poster.</source>
        <translation>打印海报之前请先测试。</translation>
    </message>
    <message>
        <source>This shop answers there, as seen from this computer.</source>
        <translation>从这台电脑看,这个地址通到本店。</translation>
    </message>
    <message>
        <source>No answer from there yet. Is the tunnel or router set up?</source>
        <translation>那里还没有回应。隧道或路由器设好了吗?</translation>
    </message>
    <message>
        <source>This computer is in no network: phones cannot reach it yet.</source>
        <translation>这台电脑没有联网,手机还连不上。</translation>
    </message>
    <message>
        <source>The poster will say {url}</source>
        <translation>海报上的地址:{url}</translation>
    </message>
    <message>
        <source>Only in the shop&apos;s Wi-Fi</source>
        <translation>只在店里 Wi-Fi</translation>
    </message>
    <message>
        <source>Ready at once. At home the code does not work.</source>
        <translation>马上可用;在家扫码打不开。</translation>
    </message>
    <message>
        <source>Everywhere, through my own address</source>
        <translation>哪里都能用,用我自己的地址</translation>
    </message>
    <message>
        <source>A domain or a tunnel that leads to this computer.</source>
        <translation>通到这台电脑的域名或隧道。</translation>
    </message>
    <message>
        <source>Address that phones use</source>
        <translation>手机使用的地址</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>This shop answers there, but only in its own network: not at home.</source>
        <translation>该地址能连到本店,但只在店内网络有效:在家用不了。</translation>
    </message>
    <message>
        <source>Everywhere, on my own server</source>
        <translation>随处可用,放在自己的服务器上</translation>
    </message>
    <message>
        <source>The shop is open even when this computer is off.</source>
        <translation>这台电脑关机时店铺也在线。</translation>
    </message>
    <message>
        <source>1. Install Hanger on the server and start “hanger relay” there.</source>
        <translation>1. 在服务器上安装衣架,运行“hanger relay”。</translation>
    </message>
    <message>
        <source>2. “hanger relay pair” makes the shop and shows a pairing code.</source>
        <translation>2. 运行“hanger relay pair”,建立店铺并显示配对码。</translation>
    </message>
    <message>
        <source>3. “Next” asks here for the server&apos;s address and that code.</source>
        <translation>3. 点“下一步”,在这里填服务器地址和配对码。</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>The relay does not answer. Nothing is lost; try again.</source>
        <translation>服务端没有回应。数据都在,请再试一次。</translation>
    </message>
    <message>
        <source>Something went wrong ({code}). Nothing is lost; try again.</source>
        <translation>出了点问题({code})。数据都在,请再试一次。</translation>
    </message>
</context>
<context>
    <name>Redeem</name>
    <message>
        <source>A code has {n} letters and digits.</source>
        <translation>券码是 {n} 位字母和数字。</translation>
    </message>
    <message>
        <source>Redeemed. Ready for the next one.</source>
        <translation>已核销。可以扫下一张。</translation>
    </message>
    <message>
        <source>It cannot be redeemed: {state}.</source>
        <translation>不能核销:{state}。</translation>
    </message>
    <message>
        <source>No coupon with this code is known here yet. Whether there is one, the relay says when you redeem it.</source>
        <translation>这台电脑还没有这个券码的记录,点“核销”时由服务端确认。</translation>
    </message>
    <message>
        <source>There is no line to the relay. A coupon is redeemed exactly once, so this needs it; nothing was changed.</source>
        <translation>现在连不上服务端。一张券只能核销一次,所以必须联网;什么都没有改动。</translation>
    </message>
    <message>
        <source>The relay has not answered yet. Look at the coupon again before you hand anything out.</source>
        <translation>服务端还没有回应。请先看券的状态,再给优惠。</translation>
    </message>
    <message>
        <source>This needs the line to the relay.</source>
        <translation>这一步需要联网。</translation>
    </message>
    <message>
        <source>Taken back: it can be redeemed again.</source>
        <translation>已撤回,这张券又可以用了。</translation>
    </message>
    <message>
        <source>Redeem a coupon</source>
        <translation>核销优惠券</translation>
    </message>
    <message>
        <source>Scan or type the code from her phone.</source>
        <translation>扫描或输入会员手机上的券码。</translation>
    </message>
    <message>
        <source>Code of the coupon</source>
        <translation>券码</translation>
    </message>
    <message>
        <source>Show her</source>
        <translation>查看会员</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Replies</name>
    <message>
        <source>First replies</source>
        <translation>首次回复</translation>
    </message>
    <message>
        <source>First replies within 1 (5) minutes ÷ first messages written while the shop was open, by the hours it had then. Who still waits is late once the time is over and not counted before; what was marked done without an answer is late after 5 minutes, and before it needed none. Median: the middle one of the waits due within 5 minutes. What she writes while she waits is of the same wait; automatic answers, notes and campaigns answer nobody.</source>
        <translation>营业时间内(按提问那时的营业时间)第一次问的,1 分钟(5 分钟)内回复的占多少。还没回的,过了时间就算晚,没到时间先不算;没回就标「已处理」的,过了 5 分钟才标的算晚,5 分钟内标的当作不用回。中位数:到了 5 分钟的和回复了的,排在中间的那一次。等的时候再写的,是同一次;自动回复、备注和活动都不算回复。</translation>
    </message>
    <message>
        <source>Median first reply</source>
        <translation>首次回复中位数</translation>
    </message>
    <message>
        <source>Within 1 minute</source>
        <translation>1 分钟内</translation>
    </message>
    <message>
        <source>Within 5 minutes</source>
        <translation>5 分钟内</translation>
    </message>
    <message>
        <source>nobody asked while the shop was open</source>
        <translation>营业时间内没有人问</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>95 % interval {low} – {high}</source>
        <translation>95 % 区间 {low} – {high}</translation>
    </message>
    <message>
        <source>as in the period before</source>
        <translation>与上一期一样</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all} 次中 {n} 次</translation>
    </message>
    <message>
        <source>{n}/{all} · too few</source>
        <translation>{n}/{all} · 太少</translation>
    </message>
    <message>
        <source>too few</source>
        <translation>太少</translation>
    </message>
    <message>
        <source>{share} within 5 minutes</source>
        <translation>{share} 在 5 分钟内</translation>
    </message>
    <message>
        <source>By clerk</source>
        <translation>按店员</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <source>By clerk and hour</source>
        <translation>按店员和小时</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>≤ 1 min</source>
        <translation>1 分钟内</translation>
    </message>
    <message>
        <source>≤ 5 min</source>
        <translation>5 分钟内</translation>
    </message>
    <message>
        <source>Nobody&apos;s</source>
        <translation>没有人接待的</translation>
    </message>
    <message>
        <source>{begin}–{end} h</source>
        <translation>{begin}–{end} 时</translation>
    </message>
    <message>
        <source>over {time}</source>
        <translation>超过 {time}</translation>
    </message>
    <message>
        <source>up to {time}</source>
        <translation>{time}以内</translation>
    </message>
    <message>
        <source>longer</source>
        <translation>更久</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等了</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>统计方式</translation>
    </message>
    <message>
        <source>Of</source>
        <translation type="unfinished">总人数</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Without an answer</source>
        <translation>没回复</translation>
    </message>
    <message>
        <source>How long first replies took</source>
        <translation>首次回复等了多久</translation>
    </message>
    <message>
        <source>First replies by clerk and hour</source>
        <translation>首次回复 · 按店员和小时</translation>
    </message>
    <message>
        <source>1 wait</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>{n} waits</source>
        <translation>{n} 次</translation>
    </message>
    <message>
        <source>1 without an answer</source>
        <translation>1 次没有回复</translation>
    </message>
    <message>
        <source>{n} without an answer</source>
        <translation>{n} 次没有回复</translation>
    </message>
    <message>
        <source>The owner sees lines of everybody; you see your own, and the shop&apos;s as a whole.</source>
        <translation>店主看得到每个人的;您看得到自己的和全店合计。</translation>
    </message>
    <message>
        <source>an erased member</source>
        <translation>已删除的会员</translation>
    </message>
    <message>
        <source>{name} answered after {time}</source>
        <translation>{name} {time}后回复</translation>
    </message>
    <message>
        <source>still waits, {time}</source>
        <translation>还在等,已 {time}</translation>
    </message>
    <message>
        <source>done after {time}, without an answer</source>
        <translation>{time}后标为已处理,没有回复</translation>
    </message>
</context>
<context>
    <name>Reply</name>
    <message>
        <source>Your other console wrote: {text}</source>
        <translation>另一台电脑上写了:{text}</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Answering: {text}</source>
        <translation>回复:{text}</translation>
    </message>
    <message>
        <source>A message holds at most {n} characters</source>
        <translation>一条消息最多 {n} 个字</translation>
    </message>
    <message>
        <source>This could not be queued; it is still here</source>
        <translation>没能放入发送队列,内容还在这里</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Enter sends · Shift+Enter new line</source>
        <translation>Enter 发送 · Shift+Enter 换行</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>One video at a time; the newest is kept</source>
        <translation>一次只能发一段视频,已留下最新的一段</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>It is made small on its way; the bubble shows how far</source>
        <translation>发送时自动压缩,进度显示在气泡里</translation>
    </message>
    <message>
        <source>{n} to sell</source>
        <translation>可售 {n} 件</translation>
    </message>
    <message>
        <source>The recording stopped; it is kept in that conversation</source>
        <translation>录音已停止,保留在刚才的会话里</translation>
    </message>
    <message>
        <source>A note holds words only</source>
        <translation>备注里只能写文字</translation>
    </message>
    <message>
        <source>A picture of it is not on this computer; it needs the line</source>
        <translation>有图片不在这台电脑上,联网后才能取到</translation>
    </message>
    <message>
        <source>A blank is not filled in yet; Enter again sends it as it is</source>
        <translation>还有空没有填;再按一次 Enter 就照原样发送</translation>
    </message>
    <message>
        <source>Write a reply; / for quick replies; paste or drop photos</source>
        <translation>写回复;输入 / 用快捷语;可粘贴或拖入图片</translation>
    </message>
    <message>
        <source>Enter adds the note · Esc back to the reply</source>
        <translation>Enter 添加备注 · Esc 回到回复</translation>
    </message>
    <message>
        <source>Video</source>
        <translation type="unfinished">视频</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Quick reply /</source>
        <translation>快捷语 /</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Add photos; or drop or paste them</source>
        <translation>添加图片,也可以拖入或粘贴</translation>
    </message>
    <message>
        <source>Add a video of up to 3 minutes</source>
        <translation>添加视频,最长 3 分钟</translation>
    </message>
    <message>
        <source>Record a voice message</source>
        <translation>录语音</translation>
    </message>
    <message>
        <source>Add an item&apos;s card</source>
        <translation>添加商品卡片</translation>
    </message>
    <message>
        <source>Choose an emoji</source>
        <translation>选择表情</translation>
    </message>
    <message>
        <source>Words kept ready; type / in an empty place</source>
        <translation>备好的话;在空处输入 / 也可以</translation>
    </message>
    <message>
        <source>A note that only colleagues see</source>
        <translation>只有同事能看到的备注</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation type="unfinished">定时发送</translation>
    </message>
    <message>
        <source>Note: only colleagues see this, never the member</source>
        <translation>备注:只有同事看得到,绝不会发给会员</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>写给同事的备注</translation>
    </message>
    <message>
        <source>What colleagues should know</source>
        <translation>写下同事需要知道的</translation>
    </message>
    <message>
        <source>The pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>No photo and no video: {names}</source>
        <translation>不是图片也不是视频:{names}</translation>
    </message>
    <message>
        <source>At most {n} photos go together; left out: {names}</source>
        <translation>一次最多 {n} 张图片,没有放进:{names}</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>这个文件读不出来。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>How it is counted: {what}</source>
        <translation>怎么算的:{what}</translation>
    </message>
    <message>
        <source>How it is counted</source>
        <translation>怎么算的</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>看表格</translation>
    </message>
    <message>
        <source>Click a line for the names</source>
        <translation>点任一行看名单</translation>
    </message>
    <message>
        <source>Save as a segment…</source>
        <translation>存为人群…</translation>
    </message>
    <message>
        <source>New campaign to them</source>
        <translation>给这些人发新活动</translation>
    </message>
    <message>
        <source>1 member under the name:</source>
        <translation>1 位会员,人群名称:</translation>
    </message>
    <message>
        <source>{n} members under the name:</source>
        <translation>{n} 位会员,人群名称:</translation>
    </message>
    <message>
        <source>Save as a segment</source>
        <translation>存为人群</translation>
    </message>
    <message>
        <source>Segment “{name}” is saved.</source>
        <translation>已存为人群“{name}”。</translation>
    </message>
    <message>
        <source>of 1 who read it</source>
        <translation>看过的 1 人当中</translation>
    </message>
    <message>
        <source>of {n} who read it</source>
        <translation>看过的 {n} 人当中</translation>
    </message>
    <message>
        <source>Read within {time}</source>
        <translation>{time}内已看</translation>
    </message>
    <message>
        <source>The figures are copied.</source>
        <translation>数据已复制。</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Copy as data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Names…</source>
        <translation>名单…</translation>
    </message>
    <message>
        <source>Write to them again</source>
        <translation>再发一条给这些人</translation>
    </message>
    <message>
        <source>Read rate</source>
        <translation>阅读率</translation>
    </message>
    <message>
        <source>Opt-outs</source>
        <translation>退订</translation>
    </message>
    <message>
        <source>Read, not answered</source>
        <translation>看了没回</translation>
    </message>
    <message>
        <source>Read curve · after sending</source>
        <translation>阅读率曲线 · 发送后</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>漏斗</translation>
    </message>
    <message>
        <source>Read rate = readers ÷ written. Not ÷ delivered: a page counts as delivered mostly when it is opened, which would flatter. Beside it the interval that holds the truth in 95 of 100 shops.</source>
        <translation>阅读率 = 看过的人 ÷ 已发的人。不除以「已送达」:网页多半是打开时才算送达,那样会显得好看。旁边的区间:100 家同样的店里,95 家的真实数字落在里面。</translation>
    </message>
    <message>
        <source>Members who opted out ÷ members to whom it was written. An opt-out is that of the newest campaign she got in the 7 days before.</source>
        <translation>退订的人 ÷ 已发的人。退订算在 7 天内她最后收到的那次活动头上。</translation>
    </message>
    <message>
        <source>Members who read it and have not answered it until now.</source>
        <translation>看过、到现在还没有回复的会员。</translation>
    </message>
    <message>
        <source>The cumulative read rate by the time since each member&apos;s message was written. Whoever was written to later counts for as long as she was watched, so that the curve never falls. Time is spread by its square root: the first hours have the most room.</source>
        <translation>发出后多久,已有多少人看过:从给她的那一条发出算起。后发的人看了多久就算多久,曲线不会往下掉。横轴按时间的平方根排,最初几小时占的地方最大。</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Who got it</source>
        <translation>谁收到了</translation>
    </message>
    <message>
        <source>Everybody whom the rule matched when it was sent, less those who did not get it, each for the first reason that held: not joined, no way to reach her, opted out, blocked, her week was full, held out.</source>
        <translation>发送时人群里的每一位,减去没收到的;没收到的只算第一个原因:还没加入、联系不上、已退订、被拉黑、这周已满、对照组。</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已发</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>看过</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Visited</source>
        <translation>到店</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>{step}, at all</source>
        <translation>{step}(不论前面)</translation>
    </message>
    <message>
        <source>Too few to tell</source>
        <translation>人太少,还看不出</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{all} 人中 {n} 人</translation>
    </message>
    <message>
        <source>95 % interval {low}–{high}</source>
        <translation>95 % 区间 {low}–{high}</translation>
    </message>
    <message>
        <source>it happened, or failed to, fewer than 5 times</source>
        <translation>发生(或没发生)的不到 5 次</translation>
    </message>
    <message>
        <source>written to nobody yet</source>
        <translation>还没有发给任何人</translation>
    </message>
    <message>
        <source>the interval is wider than 20 points</source>
        <translation>区间宽过 20 个百分点</translation>
    </message>
    <message>
        <source>Offline · as of {time}</source>
        <translation>离线 · 截至 {time}</translation>
    </message>
    <message>
        <source>Being read · as of {time}</source>
        <translation>正在被阅读 · 截至 {time}</translation>
    </message>
    <message>
        <source>Finished · as of {time}</source>
        <translation>已结束 · 截至 {time}</translation>
    </message>
    <message>
        <source>After</source>
        <translation>发送后</translation>
    </message>
    <message>
        <source>Read by then</source>
        <translation>已看过</translation>
    </message>
    <message>
        <source>Members watched so long</source>
        <translation>已过这么久的会员</translation>
    </message>
    <message>
        <source>Minutes after sending</source>
        <translation>发送后分钟数</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>After every step before</source>
        <translation>前面每一步都做了</translation>
    </message>
    <message>
        <source>At all</source>
        <translation>不论前面</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished">回答</translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished">分类</translation>
    </message>
    <message>
        <source>Own words</source>
        <translation type="unfinished">自己写的</translation>
    </message>
    <message>
        <source>Not in this file</source>
        <translation>本文件不含</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>Everybody whom the rule matched, with what became of it. That a message came to her phone is known, when it did is not. Reserved, visited and bought are what the funnel owes to this campaign.</source>
        <translation>人群里的每一位，以及后来怎样。送没送到手机是知道的，什么时候送到不知道。预留、到店、购买，都按漏斗算给这次活动的来写。</translation>
    </message>
    <message>
        <source>Member</source>
        <translation type="unfinished">会员</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished">手机</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Member {n}</source>
        <translation>会员 {n}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Coupon claimed</source>
        <translation>领券</translation>
    </message>
    <message>
        <source>Coupon redeemed</source>
        <translation>用券</translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished">是</translation>
    </message>
    <message>
        <source>Everything as Excel…</source>
        <translation>全部导出为 Excel…</translation>
    </message>
    <message>
        <source>Everything as CSV…</source>
        <translation>全部导出为 CSV…</translation>
    </message>
    <message>
        <source>Recipients as CSV…</source>
        <translation>收件人名单导出为 CSV…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>活动报告</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished">导出…</translation>
    </message>
    <message>
        <source>Members&apos; names leave the program with the owner only.</source>
        <translation>会员名单只有店主可以导出。</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 位会员</translation>
    </message>
    <message>
        <source>{n} members</source>
        <translation>{n} 位会员</translation>
    </message>
    <message>
        <source>Name, pinyin, end of the number</source>
        <translation>姓名、拼音、手机尾号</translation>
    </message>
    <message>
        <source>Find a recipient</source>
        <translation>找一位收件人</translation>
    </message>
    <message>
        <source>Who read it…</source>
        <translation>看了的名单…</translation>
    </message>
    <message>
        <source>Who did not…</source>
        <translation>没看的名单…</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>相差</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>两版比较</translation>
    </message>
    <message>
        <source>Who read it within 72 hours after hers was written ÷ written, of each version. The difference is the first minus the second, with the interval that holds the truth in 95 of 100 shops; better or worse is said when it lies on one side of 0. One looks once, 72 hours after the last one got it: who looks every hour and stops at the first difference mostly sees luck. Where chance did not divide them (women and men) there is no verdict: the people differ.</source>
        <translation>每版:收到后 72 小时内看了的人 ÷ 已发的人。相差 = 前一版减后一版,旁边是 95 % 区间(100 家店里 95 家的真实数字落在里面);区间整个在 0 的一边,才说更好或更差。只看一次:最后一位收到后满 72 小时。每小时看一眼、见好就收,多半看到的是运气。不是随机分的(男女两版)不下结论:人本来就不同。</translation>
    </message>
    <message>
        <source>{version}: read within 72 h</source>
        <translation>{version}:72 小时内看了</translation>
    </message>
    <message>
        <source>{version}: not read within 72 h</source>
        <translation>{version}:72 小时内没看</translation>
    </message>
    <message>
        <source>{n} points</source>
        <translation>{n} 个百分点</translation>
    </message>
    <message>
        <source>{first} − {second}</source>
        <translation>{first} − {second}</translation>
    </message>
    <message>
        <source>95 % interval {low} to {high} points</source>
        <translation>95 % 区间 {low} 到 {high} 个百分点</translation>
    </message>
    <message>
        <source>one of them went to nobody</source>
        <translation>有一版没有发给任何人</translation>
    </message>
    <message>
        <source>Against the holdout</source>
        <translation>与对照组比</translation>
    </message>
    <message>
        <source>{n} of {all} who got it, {held_n} of {held} held out</source>
        <translation>收到的 {all} 人中 {n} 人,对照的 {held} 人中 {held_n} 人</translation>
    </message>
    <message>
        <source>nobody was held out from it, or got it</source>
        <translation>没有人对照,或没有人收到</translation>
    </message>
    <message>
        <source>the interval is wider than 15 points</source>
        <translation>区间宽过 15 个百分点</translation>
    </message>
    <message>
        <source>too few did, or did not</source>
        <translation>发生(或没发生)的太少</translation>
    </message>
    <message>
        <source>Not known here: rows of it are kept on the relay only.</source>
        <translation>这里不知道:有些收件人记录只在中继上。</translation>
    </message>
    <message>
        <source>Too few to tell whether it made anybody buy.</source>
        <translation>人太少,看不出它有没有带来购买。</translation>
    </message>
    <message>
        <source>Cannot tell whether it made anybody buy: the difference may be chance.</source>
        <translation>看不出它有没有带来购买:差别可能是偶然。</translation>
    </message>
    <message>
        <source>It made more members buy: by more than chance.</source>
        <translation>它带来了更多购买:超出了偶然。</translation>
    </message>
    <message>
        <source>Fewer bought than of those held out: by more than chance.</source>
        <translation>买的比对照组还少:超出了偶然。</translation>
    </message>
    <message>
        <source>{what}: got it</source>
        <translation>{what}:收到的</translation>
    </message>
    <message>
        <source>{what}: held out</source>
        <translation>{what}:对照组</translation>
    </message>
    <message>
        <source>{what}: difference</source>
        <translation>{what}:相差</translation>
    </message>
    <message>
        <source>too few read it, or did not</source>
        <translation>看了(或没看)的人太少</translation>
    </message>
    <message>
        <source>{better} did better than {worse}: by more than chance.</source>
        <translation>“{better}”比“{worse}”更好:差别超出偶然。</translation>
    </message>
    <message>
        <source>Cannot tell which is better: the difference may be chance.</source>
        <translation>看不出哪版更好:差别可能是偶然。</translation>
    </message>
    <message>
        <source>No verdict: chance did not divide them. The people differ, not only what they got.</source>
        <translation>不下结论:不是随机分的,收到的人本来就不同。</translation>
    </message>
    <message>
        <source>No verdict yet: not everybody has it. Look again 72 hours after the last one got it.</source>
        <translation>先不下结论:还没全部发完。最后一位收到后满 72 小时再看。</translation>
    </message>
    <message>
        <source>No verdict yet: it is still being read. Look again on {time}.</source>
        <translation>先不下结论:还在陆续被看。{time} 再看。</translation>
    </message>
    <message>
        <source>No verdict: not all rows are on this computer any more.</source>
        <translation>不下结论:这台电脑上已不是全部记录。</translation>
    </message>
    <message>
        <source>Two versions: difference</source>
        <translation>两版相差</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colours touched</source>
        <translation>点过的颜色</translation>
    </message>
    <message>
        <source>Members who touched a photo of this colour in this campaign to ask about it, each once. Who touched several colours counts at each. It says what they like to look at, not what they will buy.</source>
        <translation>在这次活动的照片上点过这个颜色来问的人,每人只算一次。点了几种颜色的,每种都算。说明爱看什么,不说明会买。</translation>
    </message>
    <message>
        <source>1 more got it: that row is kept on the relay only. Read rate, opt-outs and read curve count it, the rest does not.</source>
        <translation>还有 1 人收到:这条记录只在服务器上。阅读率、退订和曲线算了,其余没有算。</translation>
    </message>
    <message>
        <source>{n} more got it: their rows are kept on the relay only. Read rate, opt-outs and read curve count them, the rest does not.</source>
        <translation>还有 {n} 人收到:这些记录只在服务器上。阅读率、退订和曲线算了,其余没有算。</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>发了什么</translation>
    </message>
    <message>
        <source>Asks: {question}</source>
        <translation>问:{question}</translation>
    </message>
    <message>
        <source>Offers: {offer}, claimed {n} of {all}, redeemed {used}</source>
        <translation>优惠:{offer},{all} 张里领了 {n} 张,用了 {used} 张</translation>
    </message>
    <message>
        <source>Taken back on {time}: {vanished} unread copies vanished, {read} had been read. Its words and photos are erased.</source>
        <translation>{time} 已撤回:{vanished} 份没看的已消失,{read} 份已被看过。文字和照片都已擦除。</translation>
    </message>
    <message>
        <source>The correction went to {all}, {n} of whom read it.</source>
        <translation>更正发给了 {all} 人,其中 {n} 人看过。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished">内容</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished">图片</translation>
    </message>
    <message>
        <source>Answers by group</source>
        <translation>回答分组</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished">回答</translation>
    </message>
    <message>
        <source>Members by their newest answer to its question, each once, also those whom only what was sent again reached. What was said in words is put together by what it means, or by hand.</source>
        <translation>每位会员只算最新的一次回答,包括只收到再发那条的。用自己的话回答的,按意思归到一起,也可以手动归。</translation>
    </message>
    <message>
        <source>Audience → written → delivered → read → answered → reserved → visited → bought. Each step is a part of the one before; in grey stands who took it, whatever came before. What she does {within} is owed to one campaign only: the one that had touched her most strongly until then. A coupon claimed is reserved, one redeemed is visited.</source>
        <translation>人群 → 已发 → 送达 → 看过 → 回答 → 预留 → 到店 → 购买。每一步是上一步的一部分;灰色的是不论前面、做了这一步的人。{within}的事只算给一次活动:到那时为止打动她最深的那次。领券算预留,用券算到店。</translation>
    </message>
    <message>
        <source>Who bought (came) {within} after it began ÷ members, of those to whom it was written and of those of its audience who were held out: the first minus the second, in points, with the interval that holds the truth in 95 of 100 shops. Buying is what a campaign is judged by first. Left out are who got it more than a day later and who can never be held out. It is told when these days are over.</source>
        <translation>开始发送后 {within}买过(来过)的 ÷ 这组人数:收到的减去同一人群里因对照没收到的,单位是个百分点;100 家店里有 95 家的真实差别在区间里。先看购买,再看到店。一天以后才收到的、从不对照的不算。这些天满了才给。</translation>
    </message>
    <message>
        <source>Bought {within}</source>
        <translation>{within}购买</translation>
    </message>
    <message>
        <source>Came {within}</source>
        <translation>{within}到店</translation>
    </message>
    <message>
        <source>It is compared on {time}, when its time of {days} is over.</source>
        <translation>满 {days}才比较:{time}。</translation>
    </message>
    <message>
        <source>The 1 found as Excel…</source>
        <translation>找到的 1 人导出为 Excel…</translation>
    </message>
    <message>
        <source>The {n} found as Excel…</source>
        <translation>找到的 {n} 人导出为 Excel…</translation>
    </message>
    <message>
        <source>The 1 found as CSV…</source>
        <translation>找到的 1 人导出为 CSV…</translation>
    </message>
    <message>
        <source>The {n} found as CSV…</source>
        <translation>找到的 {n} 人导出为 CSV…</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>What can be done with {name}</source>
        <translation>{name}:可以做的操作</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation type="unfinished">重新打开</translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished">完成</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>复制姓名</translation>
    </message>
    <message>
        <source>Copy the phone end</source>
        <translation>复制手机尾号</translation>
    </message>
    <message>
        <source>There is no phone number</source>
        <translation>没有手机号</translation>
    </message>
    <message>
        <source>Phone end {digits} copied</source>
        <translation>已复制手机尾号 {digits}</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>This was changed on another computer meanwhile.</source>
        <translation>这里刚在另一台电脑上改过。</translation>
    </message>
    <message>
        <source>Save mine</source>
        <translation>保存我的</translation>
    </message>
    <message>
        <source>Show the other</source>
        <translation>看对方的</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>还没有保存。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Undo the changes</source>
        <translation>撤销修改</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>member is meant</source>
        <translation>位会员符合</translation>
    </message>
    <message>
        <source>members are meant</source>
        <translation>位会员符合</translation>
    </message>
    <message>
        <source>Show names</source>
        <translation>看名单</translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>As of {time}, as far as known here</source>
        <translation>截至 {time}，只含本机已有的资料</translation>
    </message>
    <message>
        <source>A tag, then Enter</source>
        <translation>输入标签，按回车</translation>
    </message>
    <message>
        <source>Which size</source>
        <translation>哪个部位</translation>
    </message>
    <message>
        <source>A size, then Enter</source>
        <translation>输入尺码，按回车</translation>
    </message>
    <message>
        <source>points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>both calendars</source>
        <translation>公历农历都算</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任一</translation>
    </message>
    <message>
        <source>for anybody</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Any kind of product</source>
        <translation>品类不限</translation>
    </message>
    <message>
        <source>Any product</source>
        <translation>商品不限</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>件</translation>
    </message>
    <message>
        <source>Pieces in all</source>
        <translation>一共几件</translation>
    </message>
    <message>
        <source>Spent in all</source>
        <translation>一共消费</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>几次</translation>
    </message>
    <message>
        <source>Any campaign</source>
        <translation>活动不限</translation>
    </message>
    <message>
        <source>Choose a question</source>
        <translation>选择提问</translation>
    </message>
    <message>
        <source>Any answer</source>
        <translation>任何回答</translation>
    </message>
    <message>
        <source>Which coupons?</source>
        <translation>选一个发券的活动</translation>
    </message>
    <message>
        <source>Choose a segment</source>
        <translation>选一个人群</translation>
    </message>
    <message>
        <source>Each member keeps her place from 0 to 9999; 1000 places are 10%.</source>
        <translation>每位会员有一个固定的号（0–9999），1000 个号就是 10%。</translation>
    </message>
    <message>
        <source>Import phone numbers</source>
        <translation>导入手机号</translation>
    </message>
    <message>
        <source>Name of the list</source>
        <translation>名单叫什么</translation>
    </message>
    <message>
        <source>Phone numbers, one a line</source>
        <translation>手机号，一行一个</translation>
    </message>
    <message>
        <source>Lines that were not taken</source>
        <translation>没有导入的行</translation>
    </message>
    <message>
        <source>Paste numbers, one a line, or open a text or CSV file. Names beside them do no harm.</source>
        <translation>把手机号粘贴进来，一行一个；也可以打开文本或 CSV 文件。旁边有姓名也没关系。</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open a list of numbers</source>
        <translation>打开手机号名单</translation>
    </message>
    <message>
        <source>Text and CSV (*.csv *.txt *.tsv)</source>
        <translation>文本和 CSV (*.csv *.txt *.tsv)</translation>
    </message>
    <message>
        <source>This file cannot be read as text.</source>
        <translation>这个文件读不成文字。</translation>
    </message>
    <message>
        <source>This file is no list of numbers.</source>
        <translation>这个文件不是手机号名单。</translation>
    </message>
    <message>
        <source>A list has at most {n} numbers.</source>
        <translation>一份名单最多 {n} 个号码。</translation>
    </message>
    <message>
        <source>Import 1 number</source>
        <translation>导入 1 个号码</translation>
    </message>
    <message>
        <source>Import {n} numbers</source>
        <translation>导入 {n} 个号码</translation>
    </message>
    <message>
        <source>Line {n}: {text} — {trouble}</source>
        <translation>第 {n} 行：{text}（{trouble}）</translation>
    </message>
    <message>
        <source>1 number is taken</source>
        <translation>1 个号码可用</translation>
    </message>
    <message>
        <source>{n} numbers are taken</source>
        <translation>{n} 个号码可用</translation>
    </message>
    <message>
        <source>1 line is not</source>
        <translation>1 行没用上</translation>
    </message>
    <message>
        <source>{n} lines are not</source>
        <translation>{n} 行没用上</translation>
    </message>
    <message>
        <source>{taken}, {left}.</source>
        <translation>{taken}，{left}。</translation>
    </message>
    <message>
        <source>Please give the list a name.</source>
        <translation>请给名单起个名字。</translation>
    </message>
    <message>
        <source>no member has this number</source>
        <translation>不是会员的号码</translation>
    </message>
    <message>
        <source>The list waits for the relay and is taken then.</source>
        <translation>现在连不上中继，名单先存着，连上后自动导入。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>no mobile number</source>
        <translation>没有手机号</translation>
    </message>
    <message>
        <source>the number stands above already</source>
        <translation>号码上面已经有了</translation>
    </message>
    <message>
        <source>Name or end of the number</source>
        <translation>姓名、拼音或手机尾号</translation>
    </message>
    <message>
        <source>Members found</source>
        <translation>找到的会员</translation>
    </message>
    <message>
        <source>Take away {name}</source>
        <translation>去掉{name}</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>还有 {n} 位</translation>
    </message>
    <message>
        <source>No member is meant.</source>
        <translation>没有会员符合条件。</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>没有人</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>1 name</source>
        <translation>1 位</translation>
    </message>
    <message>
        <source>{n} names</source>
        <translation>{n} 位</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Members who are meant</source>
        <translation>符合条件的会员</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>去掉这个条件</translation>
    </message>
    <message>
        <source>Not complete yet, so it does not count.</source>
        <translation>还没填完，先不算进去。</translation>
    </message>
    <message>
        <source>Remove this group</source>
        <translation>去掉这一组</translation>
    </message>
    <message>
        <source>Press for another word</source>
        <translation>点一下换成别的</translation>
    </message>
    <message>
        <source>+ Condition</source>
        <translation>+ 条件</translation>
    </message>
    <message>
        <source>+ Group</source>
        <translation>+ 条件组</translation>
    </message>
    <message>
        <source>No segment is saved yet</source>
        <translation>还没有保存过人群</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃这次修改</translation>
    </message>
    <message>
        <source>Saved segments</source>
        <translation>已存人群</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已存：{name}</translation>
    </message>
    <message>
        <source>Changed: {name}</source>
        <translation>已改：{name}</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存修改</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>改名…</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>复制一份…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import phone numbers…</source>
        <translation>导入手机号…</translation>
    </message>
    <message>
        <source>Begin anew with all members</source>
        <translation>从全部会员重新开始</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再来一条</translation>
    </message>
    <message>
        <source>Put into a new group</source>
        <translation>放进新的条件组</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Into the group beside it</source>
        <translation>移进旁边的条件组</translation>
    </message>
    <message>
        <source>Out of its group</source>
        <translation>移出条件组</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>时间不限</translation>
    </message>
    <message>
        <source>In the last</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>从…到…</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>多少</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>open</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>before today</source>
        <translation>今天之前</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>In the next</source>
        <translation>今后</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Visited the shop</source>
        <translation>来过店</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>问过</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>活动消息</translation>
    </message>
    <message>
        <source>Answer to a question</source>
        <translation>回答提问</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>会员等级</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意接收</translation>
    </message>
    <message>
        <source>On the phone page</source>
        <translation>手机页</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>加入时间</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近上线</translation>
    </message>
    <message>
        <source>Added to the list</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Saved segment</source>
        <translation>已存人群</translation>
    </message>
    <message>
        <source>Members by hand</source>
        <translation>手选会员</translation>
    </message>
    <message>
        <source>Share of members</source>
        <translation>按比例</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>none</source>
        <translation>都不</translation>
    </message>
    <message>
        <source>Meet {operation} of the conditions below</source>
        <translation>以下条件 {operation} 满足</translation>
    </message>
    <message>
        <source>Meet {operation} of these conditions</source>
        <translation>满足 {operation} 条件</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>months</source>
        <translation>个月</translation>
    </message>
    <message>
        <source>years</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Deleted “{name}”</source>
        <translation>已删除「{name}」</translation>
    </message>
    <message>
        <source>Segment name</source>
        <translation>人群名称</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Sign out {name}</source>
        <translation>退出 {name} 的登录</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sections of the settings</source>
        <translation>设置分类</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Notifications and lock</source>
        <translation>通知与锁屏</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>营业时间</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation>快捷语</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Where phones reach us</source>
        <translation>手机访问与海报</translation>
    </message>
    <message>
        <source>Signed in on this computer</source>
        <translation>在这台电脑上登录过</translation>
    </message>
    <message>
        <source>Pair another computer</source>
        <translation>配对另一台电脑</translation>
    </message>
    <message>
        <source>Poster for members</source>
        <translation>会员海报</translation>
    </message>
    <message>
        <source>Colours and language</source>
        <translation>颜色和语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>It shows the same chats and drafts as this one, for {name}.</source>
        <translation>配对后同样看到{name}的会话和草稿。</translation>
    </message>
    <message>
        <source>Make a pairing code</source>
        <translation>生成配对码</translation>
    </message>
    <message>
        <source>Valid for another {m}:{s}</source>
        <translation>还有 {m}:{s} 有效</translation>
    </message>
    <message>
        <source>Make the poster</source>
        <translation>生成海报</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>The shop&apos;s relay</source>
        <translation>门店服务端</translation>
    </message>
    <message>
        <source>The shop&apos;s relay runs on this computer. It goes on when the window is closed, so that members can always write.</source>
        <translation>店铺的中继在这台电脑上运行。关闭窗口后它继续运行,会员随时可以发消息。</translation>
    </message>
    <message>
        <source>Start Hanger when I log in to this computer</source>
        <translation>登录这台电脑时自动启动衣架</translation>
    </message>
    <message>
        <source>Stop the relay and quit…</source>
        <translation>停止中继并退出…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Everything can be done without a mouse. {key} shows all keys wherever you are and not writing; a changed key holds on this computer.</source>
        <translation>不用鼠标也能完成所有操作。不在打字时按 {key} 可查看全部快捷键；更改只对本机有效。</translation>
    </message>
    <message>
        <source>See and change keys…</source>
        <translation>查看和更改快捷键…</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>自动锁定</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>Never by itself</source>
        <translation>从不自动锁定</translation>
    </message>
    <message>
        <source>When nobody has touched keyboard or mouse for so long, your PIN opens it again. Messages still come in. {key} locks at once.</source>
        <translation>这么久没有碰键盘和鼠标后，需要您的 PIN 码才能再打开；消息照常接收。按 {key} 可立即锁定。</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不提醒</translation>
    </message>
    <message>
        <source>On this computer only. The conversation before your eyes, put-off and blocked ones never call; while the window is locked a notice does not say who wrote what.</source>
        <translation>只对本机有效。正在看的、已推后的和已拉黑的会话不会提醒；窗口锁定时，通知不显示是谁、写了什么。</translation>
    </message>
    <message>
        <source>A sound with a new message</source>
        <translation>新消息提示音</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Open again in this size</source>
        <translation>以此大小重新打开</translation>
    </message>
    <message>
        <source>Text size {n} %</source>
        <translation>文字大小 {n} %</translation>
    </message>
    <message>
        <source>Letters, pictures and spaces grow together.</source>
        <translation>文字、图片和间距一起放大。</translation>
    </message>
    <message>
        <source>It takes a moment; what you began to write is kept.</source>
        <translation>片刻即好，写到一半的内容都会保留。</translation>
    </message>
    <message>
        <source>Mine and nobody&apos;s</source>
        <translation>我负责和无人负责的</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写这一项。</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>欢迎回来</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Who sits here?</source>
        <translation>请选择您是谁</translation>
    </message>
    <message>
        <source>Pair this computer with one that is signed in.</source>
        <translation>与一台已登录的电脑配对。</translation>
    </message>
    <message>
        <source>The shop&apos;s relay does not answer. Nothing is lost.</source>
        <translation>店里的服务端没有回应。数据都在。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>PIN or password</source>
        <translation>PIN 或密码</translation>
    </message>
    <message>
        <source>On the other computer: Settings, “Pair another computer”.</source>
        <translation>在另一台电脑上:设置 → 配对另一台电脑。</translation>
    </message>
    <message>
        <source>Pairing code</source>
        <translation>配对码</translation>
    </message>
    <message>
        <source>Choose a person</source>
        <translation>选择人员</translation>
    </message>
    <message>
        <source>Use a pairing code</source>
        <translation>使用配对码</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>店主</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>店员</translation>
    </message>
    <message>
        <source>No shop answers at this address.</source>
        <translation>这个地址没有店铺回应。</translation>
    </message>
    <message>
        <source>Connect with a shop whose relay runs on another computer.</source>
        <translation>连接到中继运行在另一台电脑上的店铺。</translation>
    </message>
    <message>
        <source>Address of the shop</source>
        <translation>店铺地址</translation>
    </message>
    <message>
        <source>From Settings of a console there, or from “hanger relay pair” on the server.</source>
        <translation>来自那边控制台的“设置”,或在服务器上运行“hanger relay pair”。</translation>
    </message>
    <message>
        <source>Another shop address…</source>
        <translation>其他店铺地址…</translation>
    </message>
    <message>
        <source>This computer&apos;s own shop</source>
        <translation>这台电脑自己的店铺</translation>
    </message>
</context>
<context>
    <name>Snooze</name>
    <message>
        <source>Back now</source>
        <translation>现在就回到待回复</translation>
    </message>
    <message>
        <source>Choose a time…</source>
        <translation>选择时间…</translation>
    </message>
    <message>
        <source>This time is past</source>
        <translation>这个时间已经过去</translation>
    </message>
    <message>
        <source>Remind me at</source>
        <translation>提醒时间</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>ddd, MMM d, yyyy</source>
        <translation>yyyy 年 M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>Put off</source>
        <translation>设置提醒</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Spoken</name>
    <message>
        <source>Being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>{n} unread</source>
        <translation>{n} 条未读</translation>
    </message>
    <message>
        <source>draft: {text}</source>
        <translation>草稿：{text}</translation>
    </message>
    <message>
        <source>something was not sent</source>
        <translation>有内容未发出</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>由{name}负责</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>已拉黑</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>New messages from here</source>
        <translation>以下是新消息</translation>
    </message>
    <message>
        <source>Older messages</source>
        <translation>更早的消息</translation>
    </message>
    <message>
        <source>A message that is on its way here</source>
        <translation>一条还在路上的消息</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation>{name}：{words}</translation>
    </message>
    <message>
        <source>in answer to: {words}</source>
        <translation>回复：{words}</translation>
    </message>
    <message>
        <source>to be sent {when}</source>
        <translation>{when}发送</translation>
    </message>
    <message>
        <source>took this message back</source>
        <translation>撤回了这条消息</translation>
    </message>
    <message>
        <source>voice message</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>note for staff</source>
        <translation>员工备注</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>coupon: {title}</source>
        <translation>优惠券:{title}</translation>
    </message>
</context>
<context>
    <name>Tags</name>
    <message>
        <source>A tag has at most 20 characters</source>
        <translation>标签最多 20 个字</translation>
    </message>
    <message>
        <source>+ Add</source>
        <translation>+ 添加</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>A tag, then Enter</source>
        <translation>输入标签后按回车</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Take off the tag {tag}</source>
        <translation>移除标签 {tag}</translation>
    </message>
</context>
<context>
    <name>Team</name>
    <message>
        <source>Owner</source>
        <translation>店主</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>店员</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写这一项。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>At least 8 characters, or 6 digits as a PIN.</source>
        <translation>至少 8 个字符,或用至少 6 位数字的 PIN。</translation>
    </message>
    <message>
        <source>A new colleague</source>
        <translation>新同事</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>PIN or password</source>
        <translation>PIN 或密码</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Another PIN or password for {name}</source>
        <translation>为{name}换一个 PIN 或密码</translation>
    </message>
    <message>
        <source>Present PIN or password</source>
        <translation>现在的 PIN 或密码</translation>
    </message>
    <message>
        <source>New PIN or password</source>
        <translation>新的 PIN 或密码</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Deactivate {name}?</source>
        <translation>停用{name}的账号?</translation>
    </message>
    <message>
        <source>She is signed out on every computer at once and cannot sign in any more. What she wrote stays, and you can let her in again.</source>
        <translation>她会立即在所有电脑上退出,也不能再登录。她写过的内容会保留,以后可以重新启用。</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>deactivated</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Change PIN</source>
        <translation>更换 PIN</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>重新启用</translation>
    </message>
    <message>
        <source>Added. She can sign in now.</source>
        <translation>已添加,她现在就可以登录。</translation>
    </message>
    <message>
        <source>The new one counts from now on.</source>
        <translation>已更换,从现在起用新的登录。</translation>
    </message>
    <message>
        <source>{name} is signed out everywhere.</source>
        <translation>{name}已在所有电脑上退出。</translation>
    </message>
    <message>
        <source>How you sign in</source>
        <translation>我的登录方式</translation>
    </message>
    <message>
        <source>Who works here</source>
        <translation>店里的人</translation>
    </message>
    <message>
        <source>Add a colleague</source>
        <translation>添加同事</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Loading earlier messages…</source>
        <translation>正在加载更早的消息…</translation>
    </message>
    <message>
        <source>Earlier messages are with the relay and need the line</source>
        <translation>更早的消息在服务端,需要联网查看</translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation>查看更早的消息</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>以下是新消息</translation>
    </message>
    <message>
        <source>This message is still on its way</source>
        <translation>这条消息还在路上</translation>
    </message>
    <message>
        <source>Nothing was written yet</source>
        <translation>还没有消息</translation>
    </message>
    <message>
        <source>The first message starts the conversation.</source>
        <translation>发出第一条消息就开始了。</translation>
    </message>
    <message>
        <source>This conversation could not be read</source>
        <translation>这个会话没有读出来</translation>
    </message>
    <message>
        <source>Nothing is lost. Try again.</source>
        <translation>数据都在,请再试一次。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>{n} 条新消息</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>回到最新</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>That message is not on this computer; scroll up to it</source>
        <translation>那条消息还没有下载到这台电脑,请往上翻到它</translation>
    </message>
    <message>
        <source>Save photo</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>The photo could not be written there</source>
        <translation>图片无法保存到那里</translation>
    </message>
    <message>
        <source>Change the words</source>
        <translation>修改内容</translation>
    </message>
    <message>
        <source>Sent when its time comes</source>
        <translation>到时间会这样发出</translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished">保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Without words there is nothing to send</source>
        <translation>没有内容就没有可发的</translation>
    </message>
    <message>
        <source>At most {n} characters</source>
        <translation>最多 {n} 个字</translation>
    </message>
    <message>
        <source>Answer this</source>
        <translation>引用回复</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>改时间…</translation>
    </message>
    <message>
        <source>Change the words…</source>
        <translation>改内容…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save photo as…</source>
        <translation>图片另存为…</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Delete the note</source>
        <translation>删除备注</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>取消发送</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>VideoViewer</name>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>This video is not on this computer yet</source>
        <translation>这段视频还没有下载到这台电脑</translation>
    </message>
    <message>
        <source>This video cannot be played here</source>
        <translation>这段视频无法在这里播放</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>There is a recording already; send it or throw it away first</source>
        <translation>已有一段录音,先发送或扔掉它</translation>
    </message>
    <message>
        <source>No microphone can be used on this computer. Plug one in, or allow it in the system&apos;s privacy settings.</source>
        <translation>这台电脑没有可用的麦克风。请插上麦克风,或在系统的隐私设置里允许使用。</translation>
    </message>
    <message>
        <source>you, not sent yet</source>
        <translation>你(还没发送)</translation>
    </message>
    <message>
        <source>Five minutes are the most; the recording stopped here</source>
        <translation>语音最长五分钟,录音已停止</translation>
    </message>
    <message>
        <source>The microphone went away; what was said is kept</source>
        <translation>麦克风断开了,已录的部分还在</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished">暂停</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>扔掉</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>正在录音</translation>
    </message>
    <message>
        <source>Voice to send</source>
        <translation>待发送的语音</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>Opening the shop…</source>
        <translation>正在开店…</translation>
    </message>
    <message>
        <source>The shop could not be opened. Nothing is lost.</source>
        <translation>没能打开店铺,数据都在。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Waits</name>
    <message>
        <source>Waits no longer</source>
        <translation>不等了</translation>
    </message>
    <message>
        <source>waits for the line to the relay</source>
        <translation>等网络恢复后登记</translation>
    </message>
    <message>
        <source>place {n} in line</source>
        <translation>排第 {n} 位</translation>
    </message>
    <message>
        <source>next in line</source>
        <translation>排第 1 位</translation>
    </message>
    <message>
        <source>Waits no longer: {what}</source>
        <translation>不再等:{what}</translation>
    </message>
</context>
<context>
    <name>Waterfall</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>人数</translation>
    </message>
</context>
<context>
    <name>Week</name>
    <message>
        <source>Week plan</source>
        <translation>一周排期</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>还有 {n} 条</translation>
    </message>
    <message>
        <source>“{title}” goes {when} now</source>
        <translation>「{title}」改到{when}</translation>
    </message>
    <message>
        <source>1 draft made as in the week before</source>
        <translation>已照上周做了 1 份草稿</translation>
    </message>
    <message>
        <source>{n} drafts made as in the week before</source>
        <translation>已照上周做了 {n} 份草稿</translation>
    </message>
    <message>
        <source>Nothing in the week before is missing here</source>
        <translation>上周没有要照搬的活动</translation>
    </message>
    <message>
        <source>‹ Campaigns</source>
        <translation>‹ 活动</translation>
    </message>
    <message>
        <source>Week before</source>
        <translation>上一周</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>下一周</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Same as last week</source>
        <translation>照上周安排</translation>
    </message>
    <message>
        <source>Nothing is planned this week</source>
        <translation>这周还没有安排</translation>
    </message>
    <message>
        <source>Plan a campaign for a day, or begin with what went last week.</source>
        <translation>给活动定个时间，或者先照上周安排。</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>weekly</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发</translation>
    </message>
    <message>
        <source>{n} get it</source>
        <translation>{n} 位将收到</translation>
    </message>
    <message>
        <source>{n} got it</source>
        <translation>{n} 位收到了</translation>
    </message>
    <message>
        <source>1 gets it</source>
        <translation>1 位将收到</translation>
    </message>
    <message>
        <source>{n} lost</source>
        <translation>少 {n} 位</translation>
    </message>
    <message>
        <source>1 member has had all her notices of the week before “{title}”.</source>
        <translation>「{title}」之前，有 1 位会员本周的名额已经用完。</translation>
    </message>
    <message>
        <source>{n} members have had all their notices of the week before “{title}”.</source>
        <translation>「{title}」之前，有 {n} 位会员本周的名额已经用完。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>“{title}” ({when}) loses {n}</source>
        <translation>「{title}」（{when}）将少 {n} 人</translation>
    </message>
    <message>
        <source>“{title}” ({when}) uses the last notice of 1 member; {losses}.</source>
        <translation>「{title}」（{when}）会用掉 1 位会员本周的最后一条名额，{losses}。</translation>
    </message>
    <message>
        <source>“{title}” ({when}) uses the last notice of {n} members; {losses}.</source>
        <translation>「{title}」（{when}）会用掉 {n} 位会员本周的最后一条名额，{losses}。</translation>
    </message>
    <message>
        <source>The time of “{title}” is over; please choose another.</source>
        <translation>「{title}」的时间已经过了，请另选一个。</translation>
    </message>
    <message>
        <source>“{title}” ({when}) waits until the quiet hours end at 9:00.</source>
        <translation>「{title}」（{when}）在免打扰时段，会等到 9:00 再发。</translation>
    </message>
    <message>
        <source>“{title}” comes less than half an hour after “{other}”.</source>
        <translation>「{title}」离「{other}」不到半小时。</translation>
    </message>
    <message>
        <source>{n} left: {members}</source>
        <translation>还能收 {n} 条的 {members} 位</translation>
    </message>
    <message>
        <source>none: {members}</source>
        <translation>已收满的 {members} 位</translation>
    </message>
    <message>
        <source>Notices members may still get after all this: {parts}</source>
        <translation>按这个安排发完后：{parts}</translation>
    </message>
</context>
<context>
    <name>Weekly</name>
    <message>
        <source>Weekly summary</source>
        <translation>周报</translation>
    </message>
    <message>
        <source>Week before</source>
        <translation>上一周</translation>
    </message>
    <message>
        <source>Week after</source>
        <translation>下一周</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>How it is counted</source>
        <translation>怎么算的</translation>
    </message>
    <message>
        <source>Weekly summary · {days}</source>
        <translation>周报 · {days}</translation>
    </message>
    <message>
        <source>Read rate</source>
        <translation>阅读率</translation>
    </message>
    <message>
        <source>Open rate of the week</source>
        <translation>本周打开率</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>still being read: no comparison yet</source>
        <translation>还在陆续被看，先不比较</translation>
    </message>
    <message>
        <source>Readers ÷ written, of all campaigns of the week as of one. Reading counts up to now, not only in the week.</source>
        <translation>看过的人 ÷ 已发的人，这一周所有活动合在一起算。看过的算到现在为止，不只算这一周之内。</translation>
    </message>
    <message>
        <source>{arrow} {n} the week before</source>
        <translation>{arrow} 前一周 {n}</translation>
    </message>
    <message>
        <source>No campaign was sent this week.</source>
        <translation>这一周没有发活动。</translation>
    </message>
    <message>
        <source>What could not be told</source>
        <translation>还说不准的</translation>
    </message>
    <message>
        <source>Visits against the holdout</source>
        <translation>到店与对照组之差</translation>
    </message>
    <message>
        <source>{figure}: too few to tell</source>
        <translation>{figure}：人太少，还看不出</translation>
    </message>
    <message>
        <source>What 1 campaign led to is not known yet</source>
        <translation>有 1 次活动的效果还不知道</translation>
    </message>
    <message>
        <source>What {n} campaigns led to is not known yet</source>
        <translation>有 {n} 次活动的效果还不知道</translation>
    </message>
    <message>
        <source>1 campaign is still being read</source>
        <translation>有 1 次活动还在陆续被看</translation>
    </message>
    <message>
        <source>{n} campaigns are still being read</source>
        <translation>有 {n} 次活动还在陆续被看</translation>
    </message>
    <message>
        <source>Campaigns of the week</source>
        <translation>这一周的活动</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>In 1 hour</source>
        <translation>1 小时后</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>其他时间…</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>定时发送</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">取消</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation type="unfinished">今晚</translation>
    </message>
    <message>
        <source>When the shop opens next</source>
        <translation>明天开门时</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>明早</translation>
    </message>
    <message>
        <source>As lately</source>
        <translation>最近用过</translation>
    </message>
    <message>
        <source>This time is past; choose one to come</source>
        <translation>这个时间已经过了,请选以后的时间</translation>
    </message>
    <message>
        <source>At most 90 days ahead; choose an earlier time</source>
        <translation>最多提前 90 天,请选早一点的时间</translation>
    </message>
    <message>
        <source>It is sent at this moment, in the shop&apos;s time.</source>
        <translation>会在这个时刻发送,以门店时间为准。</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>1 day</source>
        <translation type="unfinished">1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished">{n} 天</translation>
    </message>
    <message>
        <source>within 1 day</source>
        <translation>1 天内</translation>
    </message>
    <message>
        <source>within {n} days</source>
        <translation>{n} 天内</translation>
    </message>
</context>
</TS>
